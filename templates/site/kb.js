// kb.js: what a page can do beyond being read. A classic script that also runs from file://; every page reads without it.
(() => {
  "use strict";
  const root = document.documentElement;
  root.setAttribute("data-js", "");
  const recall = key => {
    try {
      return localStorage.getItem(key);
    } catch (e) {
      return null;
    }
  };
  const keep = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch (e) {
      // private mode: forget
    }
  };
  const theme = recall("kb-theme");
  if (theme === "dark" || theme === "light") root.setAttribute("data-theme", theme);
  // The one name that this script, the engine of search.js and its pages share.
  const search = (window.kbSearch = { root: document.currentScript.getAttribute("src").replace(/kb\.js.*$/, "") });

  const byID = name => document.getElementById("kb." + name);
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  // copy.html: a page can't read files from disk, but a script that is missing says so. Only pages and scripts that kb wrote
  // are asked for: what kb did not write is never run. A page is no script, and its error is none.
  const runCopy = verdict => {
    const words = verdict.dataset;
    const isThere = path =>
      new Promise(done => {
        const script = document.createElement("script");
        const end = found => () => (script.remove(), done(found));
        Object.assign(script, { onload: end(true), onerror: end(false), src: search.root + path.split("/").map(encodeURIComponent).join("/") });
        document.head.append(script);
      });
    const say = lines => verdict.replaceChildren(...lines.flatMap(line => [line, document.createElement("br")]));
    addEventListener("error", event => event.preventDefault());
    isThere("copy.js").then(async found => {
      const state = window.kbCopy;
      if (!found || !state) return say([words.none]);
      const days = Math.floor((Date.now() - new Date(state.day + "T00:00")) / 864e5);
      const day = root.lang === "de" ? state.day.split("-").reverse().join(".") : state.day;
      const age = `${day}${state.commit && ", Commit " + state.commit} (${days === 1 ? words.oneday : words.age.replace("#", days)})`;
      if (location.protocol !== "file:") return say([words.web, age]);
      const paths = Object.entries(state.files).flatMap(([folder, names]) => names.map(name => folder + name));
      const own = paths.filter(path => !path.startsWith("files/") && /\.html$|^search\/.*\.js$/.test(path));
      const missing = [];
      for (let at = 0; at < own.length; at += 32) {
        const some = own.slice(at, at + 32);
        (await Promise.all(some.map(isThere))).forEach((here, number) => here || missing.push(some[number]));
        verdict.textContent = `${Math.min(at + 32, own.length)} / ${own.length}`;
      }
      if (missing.length) say([words.missing.replace("#", missing.length), ...missing.slice(0, 50), age]);
      else say([words.whole.replace("#", own.length), age]);
    });
  };

  const pad = n => String(n).padStart(2, "0");
  // A promise of whether it was copied.
  const copy = (text, button, done) => {
    const label = button.textContent;
    const said = isCopied => {
      if (isCopied && button.textContent === label) {
        button.textContent = done;
        setTimeout(() => (button.textContent = label), 1500);
      }
      return isCopied;
    };
    // A page opened from disk has no clipboard of its own in every browser, and any page may be refused: select a field and ask the
    // old way.
    const select = () => {
      const field = document.createElement("textarea");
      field.value = text;
      field.setAttribute("readonly", "");
      field.className = "vh";
      document.body.append(field);
      field.select();
      const isCopied = document.execCommand("copy");
      field.remove();
      button.focus();
      return said(isCopied);
    };
    if (!navigator.clipboard || !window.isSecureContext) return Promise.resolve(select());
    return navigator.clipboard.writeText(text).then(() => said(true), select);
  };

  // Theme: one button, two states.
  const switchTheme = () => {
    const preferred = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const next = (root.getAttribute("data-theme") || preferred) === "dark" ? "light" : "dark";
    root.setAttribute("data-theme", next);
    keep("kb-theme", next);
  };

  /* {runbook} */

  // The text of an element as people type it: without the places where words may break.
  const plain = element => element.textContent.replace(/\u00ad/g, "").toLowerCase();

  // Lists: filter by word and by column.
  const runFilters = (rows, total) => {
    const whole = total.textContent;
    const filters = all("[data-filter]");
    const fits = (row, filter) => {
      const key = filter.getAttribute("data-filter");
      const value = filter.value.toLowerCase();
      if (key === "*") return plain(row).includes(value.trim());
      if (!value) return true;
      const own = row.getAttribute("data-" + key) || "";
      // What a record has several of is between spaces.
      return filter.value.startsWith(" ") ? own.includes(filter.value) : own === filter.value;
    };
    const everything = document.createElement("button");
    everything.type = "button";
    everything.className = "btn";
    everything.hidden = true;
    total.after(everything);
    for (const reset of all("form.filters [type=reset]")) {
      everything.textContent = reset.textContent;
      everything.addEventListener("click", () => reset.form.reset());
    }
    const apply = () => {
      let seen = 0;
      for (const row of rows) {
        row.hidden = !filters.every(filter => fits(row, filter));
        if (!row.hidden) seen++;
      }
      const part = total.getAttribute("data-part") || whole;
      const shown = seen + " " + total.getAttribute("data-of") + " " + part;
      total.textContent = seen === rows.length ? whole : seen ? shown : total.getAttribute("data-none");
      everything.hidden = seen > 0;
    };
    // The address keeps the filter: for a link to it, and for the way back. From disk only what follows "#" may change.
    const change = () => {
      apply();
      const set = new URLSearchParams();
      for (const filter of filters) if (filter.value) set.append(filter.getAttribute("data-filter"), filter.value);
      const address = location.href.replace(/#.*$/, "");
      try {
        history.replaceState(null, "", String(set) === "" ? address : address + "#?" + set);
      } catch (e) {
        // no address to keep it in
      }
    };
    if (location.hash.startsWith("#?")) {
      const set = new URLSearchParams(location.hash.slice(2));
      for (const filter of filters) filter.value = set.get(filter.getAttribute("data-filter")) || "";
      apply();
    }
    for (const filter of filters) filter.addEventListener("input", change);
    for (const form of all("form.filters")) {
      form.addEventListener("reset", () => setTimeout(change, 0));
      form.addEventListener("submit", event => event.preventDefault());
    }
  };

  // A long list on a phone begins with its first rows; the others follow a click, or a filter.
  const showFirst = (list, rows) => {
    const first = Number(list.getAttribute("data-first"));
    if (!first || rows.length <= first || !matchMedia("(max-width: 44rem)").matches) return;
    const more = document.createElement("button");
    const showAll = () => {
      for (const row of rows) row.classList.remove("later");
      more.remove();
    };
    for (const row of rows.slice(first)) row.classList.add("later");
    Object.assign(more, { type: "button", className: "btn", textContent: list.getAttribute("data-rest") });
    more.addEventListener("click", showAll);
    for (const filter of all("[data-filter]")) filter.addEventListener("input", showAll);
    if (location.hash.startsWith("#?")) return showAll();
    list.after(more);
  };

  // Lists: sort by a click on the heading.
  const runList = list => {
    const body = list.tBodies[0];
    const rows = all("tr", body);
    const total = byID("total");
    if (total) runFilters(rows, total);
    showFirst(list, rows);
    const headings = all("thead th", list);
    const sort = (heading, column) => {
      const isUp = heading.getAttribute("aria-sort") !== "ascending";
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
      const key = row => row.cells[column].getAttribute("data-v") || row.cells[column].textContent.trim();
      const compare = (left, right) => {
        if (!left !== !right) return left ? -1 : 1;
        const [one, other] = [+left, +right];
        const order = isNaN(one) || isNaN(other) ? left.localeCompare(right, root.lang, { numeric: true }) : one - other;
        return order * (isUp ? 1 : -1);
      };
      body.append(...rows.slice().sort((left, right) => compare(key(left), key(right))));
    };
    headings.forEach((heading, column) => {
      const button = heading.querySelector("button");
      if (button) button.addEventListener("click", () => sort(heading, column));
    });
  };

  // A to Z, in an emergency: the lists get shorter as one types.
  const runDirectory = find => {
    const sections = all("main .sec");
    const narrow = () => {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      const matches = element => element && words.every(word => plain(element).includes(word));
      const entries = sections.map(section => all("li, tbody tr", section).filter(item => !item.parentElement.closest("li")));
      const isNamed = item => matches(item.querySelector("a"));
      const counts = find.dataset.find === "names" && words.length && entries.flat().some(isNamed) ? isNamed : matches;
      sections.forEach((section, index) => {
        for (const item of entries[index]) item.hidden = !counts(item);
        for (const part of [...all(".calling", section), section]) {
          const items = entries[index].filter(item => part.contains(item));
          part.hidden = items.length > 0 && items.every(item => item.hidden);
        }
      });
    };
    find.addEventListener("input", narrow);
    find.form.addEventListener("submit", event => {
      event.preventDefault();
      const first = document.querySelector("main .sec:not([hidden]) :is(li, tbody tr):not([hidden]) a");
      if (first && find.value.trim()) location.href = first.href;
    });
    // On a phone the keyboard would cover what is to be found.
    if (!location.hash && !matchMedia("(max-width: 44rem)").matches) find.focus({ preventScroll: true });
    narrow();
  };

  // Search: a click, a key or a word opens the dialog; search.js is loaded when a field is first touched.
  const runSearch = () => {
    const bar = document.querySelector("form.seek, form.ask[data-close]");
    const own = document.querySelector("[data-search]");
    let coming;
    let over;
    let field;
    let said;
    search.lists = (box, text) => {
      box.textContent = text;
      for (const name of ["{lists}"]) {
        const known = document.querySelector("nav a[href$='" + name + "']");
        const link = document.createElement("a");
        link.href = search.root + name;
        link.textContent = known ? known.textContent : name;
        box.append(" ", link);
      }
    };
    const load = box => {
      coming =
        coming ||
        new Promise((done, failed) => {
          const script = document.createElement("script");
          script.src = search.root + "search.js";
          script.onerror = failed;
          // A file that was cut off, or another page in its place, is loaded as well.
          script.onload = () => (search.suggest && search.query ? done() : failed());
          document.head.append(script);
        });
      return coming.catch(() => {
        coming = null;
        if (box) search.lists(box, (bar || own.form).getAttribute("data-failed"));
        return true;
      });
    };
    const make = (tag, className, parent) => {
      const made = document.createElement(tag);
      made.className = className;
      return parent.appendChild(made);
    };
    const makeDialog = () => {
      over = make("dialog", "over", document.body);
      const form = over.appendChild(bar.cloneNode(true));
      const label = form.querySelector("label");
      form.className = "";
      label.className = "vh";
      for (const button of all("button", form)) button.remove();
      over.setAttribute("aria-label", label.textContent);
      field = form.querySelector("input");
      field.type = "text";
      field.id = label.htmlFor = "kb.over";
      said = make("p", "said", form);
      said.setAttribute("role", "status");
      const close = make("button", "btn tiny", form);
      close.type = "button";
      close.textContent = bar.getAttribute("data-close");
      close.addEventListener("click", () => over.close());
      over.addEventListener("click", event => {
        if (event.target === over) over.close();
      });
      over.addEventListener("close", () => (bar.q.value = field.value));
    };
    const open = isTyped => {
      if (own) {
        own.focus();
        own.select();
        return true;
      }
      if (!bar) return false;
      if (!over) makeDialog();
      if (!over.open) {
        field.value = bar.q.value;
        over.showModal();
      }
      field.focus({ preventScroll: true });
      if (isTyped) field.setSelectionRange(field.value.length, field.value.length);
      else field.select();
      load(said).then(hasFailed => {
        if (!hasFailed) search.suggest(field, said);
      });
      return true;
    };
    if (bar) {
      const typed = event => {
        if (!event.isComposing) open(true);
      };
      bar.q.addEventListener("focus", () => load());
      bar.q.addEventListener("click", () => open());
      bar.q.addEventListener("input", typed);
      bar.q.addEventListener("compositionend", typed);
    }
    if (own) load(byID("said"));
    else if (/[?&]q=./.test(location.search)) load();
    const openInstead = event => {
      if (open()) event.preventDefault();
    };
    for (const link of all("[data-seek]")) link.addEventListener("click", openInstead);
    document.addEventListener("keydown", event => {
      const isCommand = event.ctrlKey || event.metaKey;
      const focus = document.activeElement;
      const isTyping = focus && focus.matches("textarea, select, input:not([type=checkbox]), [contenteditable]");
      const isWanted = isCommand ? !event.shiftKey && event.key.toLowerCase() === "k" : event.key === "/" && !isTyping;
      if (!event.altKey && isWanted) openInstead(event);
    });
  };

  // The menu of narrow screens is the target of a link; the same link, and Esc, close it again.
  const runMenu = menu => {
    const isOpen = () => location.hash === "#kb.nav";
    const close = () => {
      location.hash = "kb.main";
      scrollTo(0, 0);
      menu.focus();
    };
    menu.addEventListener("click", event => {
      if (!isOpen()) return;
      event.preventDefault();
      close();
    });
    document.addEventListener("keydown", event => {
      if (event.key === "Escape" && isOpen() && menu.checkVisibility()) close();
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of all("[data-theme-switch]")) button.addEventListener("click", switchTheme);
    // Contents and filters: open on a desk, closed on a phone.
    for (const [width, selector] of [["64rem", "details.toc"], ["44rem", "details.narrow, details.later"]]) {
      if (matchMedia("(max-width: " + width + ")").matches) for (const details of all(selector)) details.open = false;
    }
    for (const button of all("[data-copy]")) {
      const text = () => document.getElementById(button.getAttribute("data-copy")).textContent;
      button.addEventListener("click", () => copy(text(), button, button.getAttribute("data-done")));
    }
    for (const [selector, run] of [["[data-clock]", runClock], ["table[data-list]", runList], ["[data-find]", runDirectory], [".menu", runMenu], ["#kb\\.copy", runCopy]]) {
      const element = document.querySelector(selector);
      if (element) run(element);
    }
    // Open or closed now, and clocks: few pages need that.
    if (document.querySelector("[data-calls], [data-due]")) {
      const script = document.createElement("script");
      script.src = search.root + "outage.js";
      document.head.append(script);
    }
    runSearch();
  });
})();
