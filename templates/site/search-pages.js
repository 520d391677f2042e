// search-pages.js: what a reader sees of the search: hits as one types; the page of all results, and the marks on the page that a hit
// leads to, are in search-results.js. Joined behind the engine into search.js. Every text becomes a text node: pages hold attack strings by
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
      if (hit.file) text.appendChild(el("span", "what", hit.file));
      if (hit.customer) text.appendChild(el("span", "what", words.customer + " " + hit.customer));
      row.appendChild(text);
      // A screen reader hears the option alone: it names the number, too.
      if (last) row.appendChild(el("span", hit.call ? "vh" : "state", hit.call && last.indexOf(number(hit.call)) < 0 ? last + " " + number(hit.call) : last));
      row.addEventListener("click", function (event) { if (!event.ctrlKey && !event.metaKey) field.form.parentNode.close(); });
      item.appendChild(row);
      if (hit.call) {
        // For a finger; keys find the number of the chosen hit below the list.
        var tel = item.appendChild(dial(hit.call, "tel"));
        tel.tabIndex = -1; tel.setAttribute("aria-hidden", "true");
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
        rows[i].href = address(hit, result.corrected || query);
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

  // ---- The page of all results, and the one that a hit leads to: loaded there.
  var field = document.querySelector("[data-search]"), sought = new URLSearchParams(location.search).get("q");
  if (field || sought) {
    search.part("results").then(function (make) {
      var pages = make({ el: el, byID: byID, say: say, counted: counted, asked: asked, address: address, dial: dial, marked: marked, summed: summed, asker: asker, withPassages: withPassages });
      if (field) pages.results(field); else pages.mark(sought);
    }).catch(function (error) { if (field) search.lists(byID("said"), say("failed", { w: error.message })); });
  }
})();
