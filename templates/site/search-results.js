// search-results.js: the page of all results, and the marks on the page that a hit leads to. Loaded by search-pages.js, with what both
// use.
kbSearch.put("results", function (shared) {
  "use strict";
  var search = window.kbSearch, words = search.words, root = document.documentElement;
  var el = shared.el, byID = shared.byID, say = shared.say, counted = shared.counted, asked = shared.asked, address = shared.address;
  var dial = shared.dial, marked = shared.marked, summed = shared.summed, asker = shared.asker, withPassages = shared.withPassages;

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
      body.appendChild(el("p", "in", placeOf(hit)));
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
    function placeOf(hit) { return [hit.section, hit.why, hit.file].filter(Boolean).join(" · "); }
    // What comes later: the section with its passage, a runbook's first step and the way to it.
    function complete(row, hit, result, query) {
      var passage = row.querySelector(".passage"), act = row.querySelector(".do"), call = act && act.firstChild;
      if (row.hasAttribute("data-complete")) return;
      row.setAttribute("data-complete", "");
      row.querySelector("h2 a").href = address(hit, query);
      row.querySelector(".in").textContent = placeOf(hit);
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
    try { heading = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null; } catch (e) { /* not an address of ours */ }
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

  return { results: results, mark: mark };
});
