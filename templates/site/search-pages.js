// search-pages.js: what a reader sees of the search: hits as one types; the page of all results, and the marks on the page that a hit
// leads to, are in search-results.js. Joined after the engine into search.js. Every text becomes a text node: pages hold attack strings
// by nature, and so may an address.
(() => {
  "use strict";
  const search = window.kbSearch;
  const words = search.words;
  const root = document.documentElement;

  const el = (tag, className, ...content) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...content.filter(Boolean));
    return made;
  };
  const byID = name => document.getElementById("kb." + name);
  const say = (word, values) =>
    words[word].replace(/\{(\w)\}/g, (_, key) => {
      const value = values[key];
      if (typeof value === "number") return value.toLocaleString(root.lang);
      return value.length > 80 ? Array.from(value).slice(0, 80).join("") + "…" : value;
    });
  const counted = (word, n) => say(n === 1 ? word + "One" : word, { n });
  const asked = query => "?" + new URLSearchParams({ q: query.slice(0, 500) });
  // What is sought is marked where a hit leads; the address is made clean again there.
  const address = (hit, query, anchor) => {
    const [page, own] = hit.address.split("#");
    const target = anchor || own;
    return search.root + page + asked(query) + (target ? "#" + target : "");
  };
  // Whom to call, and the number, which may be the end of the name.
  const number = call => (call.name.match(/[+(]?\d[\d ()/-]{3,}$/) || [call.phone])[0];
  const dial = (call, className, hasName) => {
    const name = hasName && call.name.replace(number(call), "").trim() + " ";
    const link = el("a", className, name, el("span", "nb", number(call)));
    link.href = "tel:" + call.dialled;
    return link;
  };
  const marked = (into, text, marks) => {
    for (const piece of search.pieces(text, marks)) into.append(piece.isMarked ? el("mark", "", piece.text) : piece.text);
    return into;
  };
  // Pages that belong to no record are found by their titles and a few words for what is on them: each word of the query begins one.
  const plain = text => {
    const letters = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/([aou])e/g, "$1");
    return letters.split(/[^a-z0-9]+/).filter(Boolean);
  };
  const ownPages = query => {
    const asked = plain(query).filter(word => word.length > 2);
    if (!asked.length) return [];
    const fits = page => asked.every(word => plain(page.words).some(known => known.startsWith(word)));
    const hit = ({ address, title }) => ({ address, title, kindLabel: words.page, isOwn: true });
    return (search.pages || []).filter(fits).slice(0, 2).map(hit);
  };
  const summed = (box, result, query, own = []) => {
    if (!result.total && own.length) return (box.textContent = "");
    if (!result.total) return search.lists(box, say("none", { q: query }));
    box.textContent = result.corrected ? say("corrected", { q: query, c: result.corrected }) + " " : "";
    box.append(el("b", "", counted("hits", result.total + own.length)), result.isWeak ? " " + words.weak : "");
  };
  // Asks the engine as somebody types; an answer that a newer key press has overtaken is dropped.
  const asker = (field, limit, show) => {
    let turn = 0;
    let timer;
    const ask = () => {
      const query = field.value.trim();
      const mine = ++turn;
      const isNew = () => mine === turn;
      clearTimeout(timer);
      if (!query) return show(null, "");
      Promise.resolve()
        .then(() => search.query(query, { limit: limit() }))
        .then(result => isNew() && show(result, query, isNew))
        .catch(error => isNew() && show(null, query, isNew, error));
    };
    field.addEventListener("input", () => {
      turn++;
      clearTimeout(timer);
      timer = setTimeout(ask, 40);
    });
    return ask;
  };
  // Passages and first steps are in other files, which wait until somebody stops typing; without them a hit is still one.
  const withPassages = (result, isNew, fill) => {
    const show = full => isNew() && full.hits.forEach(fill);
    setTimeout(() => isNew() && search.passages(result).then(show, () => {}), 120);
  };

  // ---- Hits as one types: a combobox whose list is below it.
  let ask = null;
  search.suggest = (field, said) => {
    ask = ask || combobox(field, said);
    ask();
  };
  const attributes = (element, values) => {
    for (const name of Object.keys(values)) element.setAttribute(name, values[name]);
    return element;
  };
  const combobox = (field, said) => {
    const list = attributes(el("ul"), { id: "kb.options", role: "listbox", "aria-label": words.results });
    const foot = el("p", "keys");
    const all = el("a");
    const call = el("span");
    let rows = [];
    let hits = [];
    let active = -1;
    list.hidden = true;
    attributes(field, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" });
    for (const [keys, word] of [["↑ ↓", words.choose], ["Enter", words.open], ["Esc", words.close]]) {
      const hint = el("span", "hint");
      for (const key of keys.split(" ")) hint.append(el("kbd", "", key), " ");
      hint.append(word);
      foot.append(hint);
    }
    foot.append(call, all);
    said.before(list);
    said.after(foot);

    const choose = index => {
      if (rows[active]) rows[active].setAttribute("aria-selected", "false");
      active = index;
      call.textContent = "";
      const row = rows[active];
      if (!row) return field.removeAttribute("aria-activedescendant");
      row.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
      if (hits[active].call) call.append(words.call + " ", dial(hits[active].call, "", true), " ");
      if (!hits[active].outage) return;
      const link = el("a", "", words.outage);
      link.href = search.root + hits[active].outage;
      call.append(link);
    };
    const option = (hit, i, result, query) => {
      const row = attributes(el("a"), { role: "option", id: "kb.option-" + i, "aria-selected": "false" });
      const item = attributes(el("li", hit.isRetired && "gone", row), { role: "none" });
      row.tabIndex = -1;
      row.href = address(hit, query);
      const text = el("span", "", marked(el("b"), hit.title, result.marks), el("span", "what from", hit.section || hit.why));
      if (hit.file) text.append(el("span", "what", hit.file));
      if (hit.customerNumber) text.append(el("span", "what", words.customer + " " + hit.customerNumber));
      row.append(el("span", "kind", hit.kindLabel), text);
      if (hit.call) {
        // A screen reader hears the option alone: it names the number, too.
        const { name } = hit.call;
        row.append(el("span", "vh", name.includes(number(hit.call)) ? name : name + " " + number(hit.call)));
        // For a finger; keys find the number of the chosen hit below the list.
        const tel = attributes(dial(hit.call, "tel"), { "aria-hidden": "true" });
        tel.tabIndex = -1;
        item.append(tel);
      } else if (hit.statusLabel) {
        row.append(el("span", "state", hit.statusLabel));
      }
      row.addEventListener("click", event => {
        if (!event.ctrlKey && !event.metaKey) field.form.parentNode.close();
      });
      list.append(item);
      return row;
    };
    const show = (result, query, isNew, error) => {
      list.textContent = all.textContent = "";
      const own = result ? ownPages(query) : [];
      hits = result ? [...own, ...result.hits] : [];
      rows = hits.map((hit, i) => option(hit, i, result, result.corrected || query));
      list.hidden = foot.hidden = !rows.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
      choose(rows.length ? 0 : -1);
      if (error) return search.lists(said, say("failed", { w: error.message }));
      if (!result) return (said.textContent = words.hint);
      summed(said, result, query, own);
      if (result.total) {
        all.href = search.root + "search.html" + asked(query);
        all.textContent = words.all;
      }
      withPassages(result, isNew, (hit, number) => {
        const i = own.length + number;
        const line = rows[i].querySelector(".from");
        rows[i].href = address(hit, result.corrected || query);
        if (hit.passage) {
          line.textContent = hit.section ? hit.section + ": " : "";
          marked(line, hit.passage, result.marks);
        }
        if (hit.firstStep) line.after(el("span", "what", words.firstStep + " " + hit.firstStep));
      });
    };
    // Until the answer is there, Enter means the words in the field, not a hit for others.
    field.addEventListener("input", () => choose(-1));
    field.addEventListener("keydown", event => {
      if (event.isComposing) return;
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step && rows.length) {
        const first = step > 0 ? 0 : rows.length - 1;
        choose(active < 0 ? first : (active + step + rows.length) % rows.length);
      } else if (event.key === "Enter" && rows[active]) {
        if (event.ctrlKey || event.metaKey) window.open(rows[active].href, "_blank", "noopener");
        else rows[active].click();
      } else {
        return;
      }
      event.preventDefault();
    });
    return asker(field, () => 8, show);
  };

  // ---- The page of all results, and the one that a hit leads to: loaded there.
  const field = document.querySelector("[data-search]");
  const sought = new URLSearchParams(location.search).get("q");
  if (field || sought) {
    const shared = { el, byID, say, counted, asked, address, dial, marked, summed, asker, withPassages, ownPages };
    search
      .part("results")
      .then(make => (field ? make(shared).results(field) : make(shared).mark(sought)))
      .catch(error => field && search.lists(byID("said"), say("failed", { w: error.message })));
  }
})();
