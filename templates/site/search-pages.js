// search-pages.js: what a reader sees of the search: hits as one types, the page of all results, marks on the page that a hit
// leads to. Joined behind search-engine.js into search.js. Every text becomes a text node: pages hold attack strings by
// nature, and so may an address.
(function () {
  "use strict";
  var search = window.kbSearch, words = search.words, root = document.documentElement;

  function el(tag, className, content) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (content) made.appendChild(typeof content === "string" ? document.createTextNode(content) : content);
    return made;
  }
  function byID(name) { return document.getElementById("kb." + name); }
  function say(word, values) {
    return words[word].replace(/\{(\w)\}/g, function (_, key) {
      var value = values[key];
      return typeof value === "number" ? value.toLocaleString(root.lang) : value.length > 80 ? Array.from(value).slice(0, 80).join("") + "…" : value;
    });
  }
  function counted(word, n) { return say(n === 1 ? word + "One" : word, { n: n }); }
  function asked(query) { return "?" + new URLSearchParams({ q: query.slice(0, 500) }); }
  // What is sought is marked where a hit leads; the address is made clean again there.
  function address(hit, query, anchor) {
    var parts = hit.url.split("#");
    anchor = anchor || parts[1];
    return search.root + parts[0] + asked(query) + (anchor ? "#" + anchor : "");
  }
  // Whom to call, and the number, which may be the end of the name.
  function number(call) { return (call.label.match(/[+(]?\d[\d ()/-]{3,}$/) || [call.tel])[0]; }
  function dial(call, className, name) {
    var link = el("a", className, name ? call.label.replace(number(call), "").trim() + " " : "");
    // As the pages write it: in international form where it begins with the trunk zero of Germany.
    var abroad = call.tel.indexOf("+") >= 0, digits = (abroad ? call.tel.replace("(0)", "") : call.tel).replace(/\D/g, "");
    link.href = "tel:" + (abroad ? "+" + digits : digits.replace(/^00/, "+").replace(/^0/, "+49"));
    link.appendChild(el("span", "nb", number(call)));
    return link;
  }
  function marked(into, text, marks) {
    search.pieces(text, marks).forEach(function (piece) {
      into.appendChild(piece.hit ? el("mark", "", piece.text) : document.createTextNode(piece.text));
    });
    return into;
  }
  function summed(box, result, query) {
    if (!result.total) return search.lists(box, say("none", { q: query }));
    box.textContent = "";
    if (result.corrected) box.appendChild(document.createTextNode(say("corrected", { q: query, c: result.corrected }) + " "));
    box.appendChild(el("b", "", counted("hits", result.total)));
    if (result.weak) box.appendChild(document.createTextNode(" " + words.weak));
  }
  // Asks the engine as somebody types; an answer that a newer key press has overtaken is dropped.
  function asker(field, limit, show) {
    var turn = 0, timer;
    function ask() {
      var query = field.value.trim(), mine = ++turn;
      var isNew = function () { return mine === turn; };
      clearTimeout(timer);
      if (!query) return show(null, "");
      Promise.resolve().then(function () { return search.query(query, { limit: limit() }); }).then(function (result) {
        if (isNew()) return show(result, query, isNew);
      }).catch(function (error) { if (isNew()) show(null, query, isNew, error); });
    }
    field.addEventListener("input", function () { turn++; clearTimeout(timer); timer = setTimeout(ask, 40); });
    return ask;
  }
  // Passages and first steps lie in other files, which wait until somebody stops typing; without them a hit is still one.
  function withPassages(result, isNew, fill) {
    setTimeout(function () {
      if (!isNew()) return;
      search.passages(result).then(function (full) { if (isNew()) full.hits.forEach(fill); }, function () {});
    }, 120);
  }

  // ---- Hits as one types: a combobox whose list lies below it.
  var asks = null;
  search.suggest = function (field, said) {
    asks = asks || combobox(field, said);
    asks();
  };
  function combobox(field, said) {
    var list = el("ul"), foot = el("p", "keys"), rows = [], hits = [], active = -1;
    var all = el("a"), call = el("span");
    list.id = "kb.options"; list.hidden = true; list.setAttribute("role", "listbox"); list.setAttribute("aria-label", words.results);
    field.setAttribute("role", "combobox"); field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id); field.setAttribute("aria-expanded", "false");
    [["↑ ↓", words.choose], ["Enter", words.open], ["Esc", words.close]].forEach(function (key) {
      var hint = el("span", "hint");
      key[0].split(" ").forEach(function (sign) { hint.appendChild(el("kbd", "", sign)); hint.appendChild(document.createTextNode(" ")); });
      hint.appendChild(document.createTextNode(key[1]));
      foot.appendChild(hint);
    });
    foot.appendChild(call); foot.appendChild(all);
    said.parentNode.insertBefore(list, said); said.parentNode.insertBefore(foot, said.nextSibling);

    function choose(index) {
      if (rows[active]) rows[active].setAttribute("aria-selected", "false");
      active = index;
      call.textContent = "";
      var row = rows[active];
      if (!row) return field.removeAttribute("aria-activedescendant");
      row.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
      if (hits[active].call) { call.appendChild(document.createTextNode(words.call + " ")); call.appendChild(dial(hits[active].call, "", true)); }
    }
    function option(hit, i, result, query) {
      var item = el("li"), row = el("a"), text = el("span"), last = hit.call ? hit.call.label : hit.statusLabel;
      item.setAttribute("role", "none"); row.setAttribute("role", "option");
      row.id = "kb.option-" + i; row.tabIndex = -1; row.href = address(hit, query); row.setAttribute("aria-selected", "false");
      if (hit.retired) item.className = "gone";
      row.appendChild(el("span", "kind", hit.kindLabel));
      text.appendChild(marked(el("b"), hit.title, result.marks));
      text.appendChild(el("span", "what from", hit.section || hit.why || ""));
      if (hit.customer) text.appendChild(el("span", "what", words.customer + " " + hit.customer));
      row.appendChild(text);
      if (last) row.appendChild(el("span", hit.call ? "vh" : "state", last));
      row.addEventListener("click", function (event) { if (!event.ctrlKey && !event.metaKey) field.form.parentNode.close(); });
      item.appendChild(row);
      if (hit.call) {
        // For a finger; keys find the number of the chosen hit below the list.
        var number = item.appendChild(dial(hit.call, "tel"));
        number.tabIndex = -1; number.setAttribute("aria-hidden", "true");
      }
      list.appendChild(item);
      return row;
    }
    var ask = asker(field, function () { return 8; }, function (result, query, isNew, error) {
      var marks = result && result.marks;
      list.textContent = all.textContent = "";
      hits = result ? result.hits : [];
      rows = hits.map(function (hit, i) { return option(hit, i, result, result.corrected || query); });
      list.hidden = foot.hidden = !rows.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
      choose(rows.length ? 0 : -1);
      if (error) return search.lists(said, say("failed", { w: error.message }));
      if (!result) { said.textContent = words.hint; return; }
      summed(said, result, query);
      if (rows.length) { all.href = search.root + "search.html" + asked(query); all.textContent = words.all; }
      withPassages(result, isNew, function (hit, i) {
        var line = rows[i].querySelector(".from");
        if (hit.passage) {
          line.textContent = hit.section ? hit.section + ": " : "";
          marked(line, hit.passage, marks);
        }
        if (hit.firstStep) line.parentNode.insertBefore(el("span", "what", words.firstStep + " " + hit.firstStep), line.nextSibling);
      });
    });
    // Until the answer is there, Enter means the words in the field, not a hit for others.
    field.addEventListener("input", function () { choose(-1); });
    field.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      var step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step && rows.length) {
        choose(active < 0 ? (step > 0 ? 0 : rows.length - 1) : (active + step + rows.length) % rows.length);
      } else if (event.key === "Enter" && rows[active]) {
        if (event.ctrlKey || event.metaKey) window.open(rows[active].href, "_blank", "noopener"); else rows[active].click();
      } else return;
      event.preventDefault();
    });
    return ask;
  }

  // ---- The page of all results.
  function results(field) {
    var said = byID("said"), found = byID("found"), list = byID("hits"), more = byID("more"), narrow = byID("facets"), syntax = byID("syntax");
    var limit = 20, drawn = {}, title = document.title;

    function phone(call) {
      var link = dial(call, "btn", true), space = "http://www.w3.org/2000/svg";
      var icon = document.createElementNS(space, "svg"), path = icon.appendChild(document.createElementNS(space, "path"));
      icon.setAttribute("class", "i"); icon.setAttribute("viewBox", "0 0 16 16"); icon.setAttribute("aria-hidden", "true");
      path.setAttribute("d", "M3.6 1l2.9.6.7 3.5-1.8 1.3c.9 1.8 2.3 3.2 4.2 4.2l1.3-1.8 3.5.7.6 2.9c-.3 1.5-1.4 2.4-2.9 2.6C6.6 14.3 1.7 9.4 1 3.900 1.200 2.400 2.100 1.300 3.600 1z");
      link.insertBefore(el("span", "vh", words.call + " "), link.firstChild);
      link.insertBefore(icon, link.firstChild);
      return link;
    }
    function item(hit, result, query) {
      var row = el("li", hit.retired ? "gone" : ""), kind = el("span", "kind", hit.kindLabel), body = el("div"), link = el("a"), act = el("div", "do");
      if (hit.statusLabel) { kind.appendChild(el("br")); kind.appendChild(el("span", "state", hit.statusLabel)); }
      link.href = address(hit, query);
      body.appendChild(el("h2", "", marked(link, hit.title, result.marks)));
      var place = [hit.section, hit.why].filter(Boolean).join(" · ");
      if (place) body.appendChild(el("p", "in", place));
      body.appendChild(el("p", "passage"));
      if (hit.customer) {
        var line = el("p", "", el("span", "", words.customer + " "));
        line.appendChild(el("b", "mono", hit.customer));
        body.appendChild(line);
      }
      if (hit.call) act.appendChild(phone(hit.call));
      if (act.firstChild) body.appendChild(act);
      row.appendChild(kind); row.appendChild(body);
      return list.appendChild(row);
    }
    // What comes later: the passage, a runbook's first step and the way to it.
    function complete(row, hit, result, query) {
      var passage = row.querySelector(".passage"), act = row.querySelector(".do"), call = act && act.firstChild;
      if (row.hasAttribute("data-complete")) return;
      row.setAttribute("data-complete", "");
      if (hit.passage) marked(passage, hit.passage, result.marks);
      if (!hit.firstStep) return;
      var line = el("p", "", el("b", "", words.firstStep + " "));
      line.appendChild(el("span", "", hit.firstStep));
      passage.parentNode.insertBefore(line, passage.nextSibling);
      if (call) call.className = "btn main";
      act = act || passage.parentNode.appendChild(el("div", "do"));
      act.appendChild(el("a", "btn", words.begin)).href = address(hit, query, "kb.begin");
    }
    // A value is chosen by words of the query: what the field says is all there is to know.
    function has(token) { return (" " + field.value.toLowerCase() + " ").indexOf(" " + token.toLowerCase() + " ") >= 0; }
    function toggle(token, on) {
      var text = " " + field.value.trim() + " ", at;
      if (on) { if (!has(token)) text += token; }
      else while ((at = text.toLowerCase().indexOf(" " + token.toLowerCase() + " ")) >= 0) text = text.slice(0, at) + text.slice(at + token.length + 1);
      field.value = text.trim();
      limit = 20;
      ask();
    }
    function facets(groups) {
      var focus = narrow.contains(document.activeElement) && document.activeElement.value;
      narrow.textContent = "";
      groups.forEach(function (group) {
        var set = el("fieldset", "facet", el("legend", "", words[group.name] || group.label)), known = {};
        var choices = group.values.map(function (v) {
          var token = group.name + ":" + (/\s/.test(v.value) ? '"' + v.value + '"' : v.value);
          known[token.toLowerCase()] = true;
          return { token: token, label: v.label, count: v.count };
        });
        // What is chosen but fits no hit can still be taken back.
        (field.value.match(/\S+:("[^"]*"|\S+)/g) || []).forEach(function (token) {
          if (token.indexOf(group.name + ":") === 0 && !known[token.toLowerCase()]) choices.unshift({ token: token, label: token.slice(group.name.length + 1), count: 0 });
        });
        choices = choices.filter(function (choice, i) { return i < 12 || has(choice.token); });
        choices.forEach(function (choice) {
          var label = el("label"), box = el("input");
          box.type = "checkbox"; box.value = choice.token; box.checked = has(choice.token);
          box.addEventListener("change", function () { toggle(choice.token, box.checked); });
          label.appendChild(box); label.appendChild(el("span", "name", choice.label)); label.appendChild(el("span", "", choice.count.toLocaleString(root.lang)));
          set.appendChild(label);
          if (choice.token === focus) setTimeout(function () { box.focus(); }, 0);
        });
        if (choices.length) narrow.appendChild(set);
      });
    }
    function remember(query) {
      document.title = query ? query.slice(0, 80) + " · " + title : title;
      try { history.replaceState(null, "", query ? asked(query) : location.pathname); } catch (e) { /* some browsers keep the address of a file */ }
    }
    var ask = asker(field, function () { return limit; }, function (result, query, isNew, error) {
      remember(query);
      found.hidden = !result;
      syntax.open = !error && !(result && result.total);
      if (error) return search.lists(said, say("failed", { w: error.message }));
      if (!result) { said.textContent = words.hint; return; }
      summed(said, result, query);
      if (drawn.query !== query) { list.textContent = ""; drawn = { query: query, rows: [] }; }
      var from = drawn.rows.length, sought = result.corrected || query;
      result.hits.slice(from).forEach(function (hit) { drawn.rows.push(item(hit, result, sought)); });
      var rest = result.total - drawn.rows.length;
      more.hidden = rest <= 0 || !result.hits.length;
      more.textContent = counted("more", rest);
      if (from && drawn.rows[from]) drawn.rows[from].querySelector("a").focus();
      withPassages(result, isNew, function (hit, i) { complete(drawn.rows[i], hit, result, sought); });
      search.facets(result).then(function (groups) { if (isNew()) { facets(groups); found.hidden = !result.total && !narrow.firstChild; } }, function () { narrow.textContent = ""; });
    });
    field.addEventListener("input", function () { limit = 20; });
    field.form.addEventListener("submit", function (event) { event.preventDefault(); ask(); });
    more.addEventListener("click", function () { limit += 20; ask(); });
    field.value = new URLSearchParams(location.search).get("q") || "";
    if (!field.value) field.focus();
    ask();
  }

  // ---- The page that a hit leads to: what was sought is marked, until somebody wants it away.
  function mark(query) {
    var main = document.querySelector("main"), marks = [], heading = null, moved = false;
    ["wheel", "touchmove", "keydown"].forEach(function (name) { addEventListener(name, function () { moved = true; }, { once: true, passive: true }); });
    try { history.replaceState(history.state, "", location.pathname + location.hash); } catch (e) { /* some browsers keep the address of a file */ }
    try { heading = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (e) { /* not an address of ours */ }
    function clear() {
      marks.forEach(function (m) { var around = m.parentNode; around.replaceChild(document.createTextNode(m.textContent), m); around.normalize(); });
      marks = []; note.remove(); removeEventListener("keydown", onEscape);
    }
    function onEscape(event) { if (event.key === "Escape" && !document.querySelector("dialog[open]")) clear(); }
    function scroll() {
      var first = marks.filter(function (m) { return !heading || heading.compareDocumentPosition(m) & 4; })[0];
      if (!first || moved) return;
      for (var around = first.parentNode; around !== main; around = around.parentNode) if (around.tagName === "DETAILS") around.open = true;
      var box = first.getBoundingClientRect();
      if (box.top < 60 || box.bottom > innerHeight - 90) first.scrollIntoView({ block: "center" });
    }
    var note = el("p", "unmark no-print"), button = el("button", "btn tiny", words.unmark);
    button.type = "button"; button.addEventListener("click", clear);
    search.query(query, { limit: 1 }).then(function (result) {
      var walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), texts = [];
      while (walker.nextNode()) {
        // Not in what works or draws: a mark there would do harm, or would not show.
        if (walker.currentNode.data.trim() && !walker.currentNode.parentNode.closest("script, style, textarea, select, button, output, svg, nav, .toc, .clock, .vh, .crumb")) texts.push(walker.currentNode);
      }
      texts.forEach(function (text) {
        if (marks.length >= 500) return;
        var pieces = search.pieces(text.data, result.marks);
        // A text in a row of boxes would fall apart.
        if (!pieces.some(function (piece) { return piece.hit; }) || /flex|grid/.test(getComputedStyle(text.parentNode).display)) return;
        var made = document.createDocumentFragment();
        pieces.forEach(function (piece) {
          if (piece.hit) marks.push(made.appendChild(el("mark", "sought", piece.text))); else made.appendChild(document.createTextNode(piece.text));
        });
        text.parentNode.replaceChild(made, text);
      });
      if (!marks.length) return;
      note.setAttribute("role", "status");
      note.appendChild(document.createTextNode(counted("marked", marks.length) + " "));
      note.appendChild(button);
      document.body.appendChild(note);
      addEventListener("keydown", onEscape);
      // The browser goes to the heading until everything is loaded.
      if (document.readyState === "complete") setTimeout(scroll, 0); else addEventListener("load", function () { setTimeout(scroll, 0); });
    }).catch(function () { /* the page reads without marks */ });
  }

  var field = document.querySelector("[data-search]"), sought = new URLSearchParams(location.search).get("q");
  if (field) results(field); else if (sought) mark(sought);
})();
