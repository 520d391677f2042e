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

  // Lists: filter by word and by column, sort by a click on the heading.
  const runList = list => {
    const body = list.tBodies[0];
    const rows = all("tr", body);
    const total = byID("total");
    const whole = total.textContent;
    const filters = all("[data-filter]");
    const fits = (row, filter) => {
      const key = filter.getAttribute("data-filter");
      const value = filter.value.toLowerCase();
      if (key === "*") return row.textContent.toLowerCase().includes(value.trim());
      if (!value) return true;
      const own = row.getAttribute("data-" + key) || "";
      return key === "tags" ? own.includes(filter.value) : own === filter.value;
    };
    const apply = () => {
      let seen = 0;
      for (const row of rows) {
        row.hidden = !filters.every(filter => fits(row, filter));
        if (!row.hidden) seen++;
      }
      const part = total.getAttribute("data-part") || whole;
      const shown = seen + " " + total.getAttribute("data-of") + " " + part;
      total.textContent = seen === rows.length ? whole : seen ? shown : total.getAttribute("data-none");
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
    const headings = all("thead th", list);
    const sort = (heading, column) => {
      const isUp = heading.getAttribute("aria-sort") !== "ascending";
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
      const key = row => row.cells[column].getAttribute("data-v") || row.cells[column].textContent.trim();
      const compare = (left, right) => {
        if (!left !== !right) return left ? -1 : 1;
        return left.localeCompare(right, root.lang, { numeric: true }) * (isUp ? 1 : -1);
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
      for (const section of sections) {
        const items = all("li, tbody tr", section);
        for (const item of items) {
          const text = item.textContent.toLowerCase();
          item.hidden = !words.every(word => text.includes(word));
        }
        section.hidden = items.length > 0 && items.every(item => item.hidden);
      }
    };
    find.addEventListener("input", narrow);
    find.form.addEventListener("submit", event => {
      event.preventDefault();
      const first = document.querySelector("main .sec:not([hidden]) :is(li, tbody tr):not([hidden]) a");
      if (first && find.value.trim()) location.href = first.href;
    });
    // On a phone the keyboard would cover what is to be found.
    if (!location.hash && !matchMedia("(max-width: 44rem)").matches) find.focus();
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
      field.focus();
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

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of all("[data-theme-switch]")) button.addEventListener("click", switchTheme);
    // Contents and filters: open on a desk, closed on a phone.
    for (const [width, selector] of [["64rem", "details.toc"], ["44rem", "details.narrow"]]) {
      if (matchMedia("(max-width: " + width + ")").matches) for (const details of all(selector)) details.open = false;
    }
    for (const button of all("[data-copy]")) {
      const text = () => document.getElementById(button.getAttribute("data-copy")).textContent;
      button.addEventListener("click", () => copy(text(), button, button.getAttribute("data-done")));
    }
    for (const [selector, run] of [["[data-clock]", runClock], ["table[data-list]", runList], ["[data-find]", runDirectory]]) {
      const element = document.querySelector(selector);
      if (element) run(element);
    }
    // Open or closed now, and clocks: few pages need that.
    if (document.querySelector("[data-calls], [data-begin]")) {
      const script = document.createElement("script");
      script.src = search.root + "outage.js";
      document.head.append(script);
    }
    runSearch();
  });
})();
