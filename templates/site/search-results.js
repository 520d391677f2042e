// search-results.js: the page of all results, and the marks on the page that a hit leads to. Loaded by search-pages.js, with what both
// use.
kbSearch.put("results", shared => {
  "use strict";
  const search = window.kbSearch;
  const words = search.words;
  const root = document.documentElement;
  const { el, byID, say, counted, asked, address, dial, marked, summed, asker, withPassages, ownPages } = shared;

  // ---- The page of all results.
  const results = field => {
    const [said, found, list, more, narrow, syntax] = ["said", "found", "hits", "more", "facets", "syntax"].map(byID);
    const title = document.title;
    const learn = el("p", "learn no-print");
    more.after(learn);
    let limit = 20;
    let drawn = {};

    const phone = call => {
      const link = dial(call, "btn", true);
      const space = "http://www.w3.org/2000/svg";
      const icon = document.createElementNS(space, "svg");
      const path = icon.appendChild(document.createElementNS(space, "path"));
      icon.setAttribute("class", "i");
      icon.setAttribute("viewBox", "0 0 16 16");
      icon.setAttribute("aria-hidden", "true");
      path.setAttribute("d", handset);
      link.prepend(icon, el("span", "vh", words.call + " "));
      return link;
    };
    const handset =
      "M3.6 1l2.9.6.7 3.5-1.8 1.3c.9 1.8 2.3 3.2 4.2 4.2l1.3-1.8 3.5.7.6 2.9c-.3 1.5-1.4 2.4-2.9 2.6" +
      "C6.6 14.3 1.7 9.4 1 3.900 1.200 2.400 2.100 1.300 3.600 1z";
    const down = hit => {
      const link = el("a", "btn", words.outage);
      link.href = search.root + hit.outage;
      return link;
    };
    const placeOf = hit => [hit.section, hit.why, hit.file].filter(Boolean).join(" · ");
    const item = (hit, result, query) => {
      const kind = el("span", "kind", hit.kindLabel);
      if (hit.statusLabel) kind.append(el("br"), el("span", "state", hit.statusLabel));
      const link = marked(el("a"), hit.title, result.marks);
      link.href = address(hit, query);
      const body = el("div", "", el("h2", "", link), el("p", "in", placeOf(hit)), el("p", "passage"));
      if (hit.customerNumber) {
        body.append(el("p", "", el("span", "", words.customer + " "), el("b", "mono", hit.customerNumber)));
      }
      const actions = [hit.call && phone(hit.call), hit.outage && down(hit)].filter(Boolean);
      if (actions.length) body.append(el("div", "do", ...actions));
      return list.appendChild(el("li", hit.isRetired && "gone", kind, body));
    };
    // What comes later: the section with its passage, a runbook's first step and the way to it.
    const complete = (row, hit, result, query) => {
      if (row.hasAttribute("data-complete")) return;
      row.setAttribute("data-complete", "");
      const passage = row.querySelector(".passage");
      row.querySelector("h2 a").href = address(hit, query);
      row.querySelector(".in").textContent = placeOf(hit);
      if (hit.passage) marked(passage, hit.passage, result.marks);
      if (!hit.firstStep) return;
      passage.after(el("p", "", el("b", "", words.firstStep + " "), el("span", "", hit.firstStep)));
      const act = row.querySelector(".do") || passage.parentNode.appendChild(el("div", "do"));
      if (act.firstChild) act.firstChild.className = "btn main";
      act.appendChild(el("a", "btn", words.begin)).href = address(hit, query, "kb.begin");
    };

    // A value is chosen by words of the query: what the field says is all there is to know.
    const placeIn = (text, token) => text.toLowerCase().indexOf(" " + token.toLowerCase() + " ");
    const has = token => placeIn(" " + field.value + " ", token) >= 0;
    const toggle = (token, isOn) => {
      let text = " " + field.value.trim() + " ";
      if (isOn && !has(token)) text += token;
      for (let at; !isOn && (at = placeIn(text, token)) >= 0; ) text = text.slice(0, at) + text.slice(at + token.length + 1);
      field.value = text.trim();
      limit = 20;
      ask();
    };
    const choice = ({ token, label, count }, isFocused) => {
      const box = el("input");
      box.type = "checkbox";
      box.value = token;
      box.checked = has(token);
      box.addEventListener("change", () => toggle(token, box.checked));
      if (isFocused) setTimeout(() => box.focus(), 0);
      return el("label", "", box, el("span", "name", label), el("span", "", count.toLocaleString(root.lang)));
    };
    const facets = groups => {
      const focus = narrow.contains(document.activeElement) && document.activeElement.value;
      narrow.textContent = "";
      for (const group of groups) {
        const choices = group.values.map(({ value, label, count }) => {
          return { token: group.name + ":" + (/\s/.test(value) ? '"' + value + '"' : value), label, count };
        });
        const known = new Set(choices.map(({ token }) => token.toLowerCase()));
        // What is chosen but fits no hit can still be taken back.
        for (const token of field.value.match(/\S+:("[^"]*"|\S+)/g) || []) {
          if (!token.startsWith(group.name + ":") || known.has(token.toLowerCase())) continue;
          choices.unshift({ token, label: token.slice(group.name.length + 1), count: 0 });
        }
        const labels = choices
          .filter(({ token }, i) => i < 12 || has(token))
          .map(value => choice(value, value.token === focus));
        const legend = el("legend", "", words[group.name] || group.label);
        if (labels.length) narrow.append(el("fieldset", "facet", legend, ...labels));
      }
    };
    // The line that teaches the knowledge base a query that missed, for whoever may change it.
    const offer = query => {
      learn.hidden = !query;
      learn.textContent = words.learn + " ";
      const line = "kb search --learn '" + query.replace(/'/g, "'\\''") + "' ";
      learn.append(el("code", "", line + "ID"));
    };
    const remember = query => {
      document.title = query ? query.slice(0, 80) + " · " + title : title;
      try {
        history.replaceState(null, "", query ? asked(query) : location.pathname);
      } catch (e) {
        // some browsers keep the address of a file
      }
    };
    const show = (result, query, isNew, error) => {
      remember(query);
      offer(result ? query : "");
      found.hidden = !result;
      syntax.open = !error && !(result && result.total);
      if (error) return search.lists(said, say("failed", { w: error.message }));
      if (!result) return (said.textContent = words.hint);
      const own = ownPages(query);
      summed(said, result, query, own);
      if (drawn.query !== query) {
        list.textContent = "";
        drawn = { query, rows: [] };
        for (const page of own) item(page, result, query);
      }
      const rows = drawn.rows;
      const from = rows.length;
      const sought = result.corrected || query;
      rows.push(...result.hits.slice(from).map(hit => item(hit, result, sought)));
      const rest = result.total - rows.length;
      more.hidden = rest <= 0 || !result.hits.length;
      more.textContent = counted("more", rest);
      if (from && rows[from]) rows[from].querySelector("a").focus();
      withPassages(result, isNew, (hit, i) => complete(rows[i], hit, result, sought));
      const showFacets = groups => {
        if (!isNew()) return;
        facets(groups);
        found.hidden = !result.total && !own.length && !narrow.firstChild;
      };
      search.facets(result).then(showFacets, () => (narrow.textContent = ""));
    };
    const ask = asker(field, () => limit, show);
    field.addEventListener("input", () => (limit = 20));
    field.form.addEventListener("submit", event => {
      event.preventDefault();
      ask();
    });
    more.addEventListener("click", () => {
      limit += 20;
      ask();
    });
    field.value = new URLSearchParams(location.search).get("q") || "";
    if (!field.value) field.focus({ preventScroll: true });
    ask();
  };

  // ---- The page that a hit leads to: what was sought is marked, until somebody wants it away.
  const mark = query => {
    const main = document.querySelector("main");
    let marks = [];
    let heading = null;
    let moved = false;
    for (const name of ["wheel", "touchmove", "keydown"]) {
      addEventListener(name, () => (moved = true), { once: true, passive: true });
    }
    try {
      history.replaceState(history.state, "", location.pathname + location.hash);
    } catch (e) {
      // some browsers keep the address of a file
    }
    try {
      heading = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    } catch (e) {
      // not an address of ours
    }
    const button = el("button", "btn tiny", words.unmark);
    const note = el("p", "unmark no-print");
    const clear = () => {
      for (const mark of marks) {
        const around = mark.parentNode;
        mark.replaceWith(mark.textContent);
        around.normalize();
      }
      marks = [];
      note.remove();
      removeEventListener("keydown", onEscape);
    };
    const onEscape = event => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) clear();
    };
    const scroll = () => {
      const isBelow = mark => !heading || heading.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
      const first = marks.find(isBelow);
      if (!first || moved) return;
      for (let around = first.parentNode; around !== main; around = around.parentNode) {
        if (around.tagName === "DETAILS") around.open = true;
      }
      const box = first.getBoundingClientRect();
      if (box.top < 60 || box.bottom > innerHeight - 90) first.scrollIntoView({ block: "center" });
    };
    button.type = "button";
    button.addEventListener("click", clear);
    // Not in what works or draws: a mark there would do harm, or would not show.
    const unmarked = "script, style, textarea, select, button, output, svg, nav, .toc, .clock, .vh, .crumb";
    const markText = (text, sought) => {
      const pieces = search.pieces(text.data, sought);
      // A text in a row of boxes would fall apart.
      const isBox = () => /flex|grid/.test(getComputedStyle(text.parentNode).display);
      if (!pieces.some(piece => piece.isMarked) || isBox()) return;
      const made = pieces.map(piece => (piece.isMarked ? el("mark", "sought", piece.text) : piece.text));
      marks.push(...made.filter(piece => typeof piece !== "string"));
      text.replaceWith(...made);
    };
    const show = result => {
      const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) {
        const text = walker.currentNode;
        if (text.data.trim() && !text.parentNode.closest(unmarked)) texts.push(text);
      }
      for (const text of texts) if (marks.length < 500) markText(text, result.marks);
      if (!marks.length) return;
      note.setAttribute("role", "status");
      note.append(counted("marked", marks.length) + " ", button);
      document.body.append(note);
      addEventListener("keydown", onEscape);
      // The browser goes to the heading until everything is loaded.
      const later = () => setTimeout(scroll, 0);
      if (document.readyState === "complete") later();
      else addEventListener("load", later);
    };
    search
      .query(query, { limit: 1 })
      .then(show)
      .catch(() => {
        // the page reads without marks
      });
  };

  return { results, mark };
});
