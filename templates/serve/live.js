// live.js: keeps a page up to date while somebody writes. `kb serve` adds it to what it hands out; a built site has none of it.
(() => {
  "use strict";
  const own = document.currentScript;
  const word = name => own.getAttribute("data-" + name) || "";
  const page = word("page");
  const version = word("version");
  let known = {};
  let box;
  let said;
  let source;
  let timer;
  let isLost = false;
  let shown = "";

  const recall = key => {
    try {
      return sessionStorage.getItem(key);
    } catch (e) {
      return null;
    }
  };
  const keep = (key, value) => {
    try {
      sessionStorage.setItem(key, value);
    } catch (e) {
      // private mode: forget
    }
  };
  const all = selector => Array.from(document.querySelectorAll(selector));

  // The place of a reader is the heading above it, and how far it is scrolled away: what was inserted higher up moves nothing.
  const place = () => {
    let best = {};
    for (const element of all("main [id]")) {
      const top = element.getBoundingClientRect().top;
      if (top <= 120 && element.offsetParent) best = { id: element.id, top };
    }
    return { page, y: scrollY, ...best };
  };
  const restore = () => {
    const saved = JSON.parse(recall("kb-live-place") || "null");
    if (!saved || saved.page !== page) return;
    if (document.readyState === "complete") keep("kb-live-place", "null");
    const there = saved.id && document.getElementById(saved.id);
    scrollTo(0, there ? scrollY + there.getBoundingClientRect().top - saved.top : saved.y);
    if (document.readyState === "complete") history.scrollRestoration = "auto";
  };
  const reload = () => {
    // Nobody's words are taken away in the middle: an open dialog comes first.
    const dialog = document.querySelector("dialog[open]");
    if (dialog) return dialog.addEventListener("close", reload, { once: true });
    keep("kb-live-place", JSON.stringify(place()));
    history.scrollRestoration = "manual";
    location.reload();
  };

  // Shows what is over the page: findings, or that it is out of date. The server has escaped every text in it.
  const show = html => {
    if (!box) {
      box = document.createElement("div");
      box.className = "kb-live-box";
      said = document.createElement("p");
      said.className = "vh";
      said.setAttribute("role", "status");
      document.body.append(said, box);
    }
    if (html === shown) return;
    shown = html;
    box.innerHTML = html;
    const details = box.querySelector("details");
    const summary = box.querySelector("summary, .kb-live-note");
    said.textContent = summary ? summary.textContent : "";
    if (!details) return;
    const choice = recall("kb-live-open");
    if (choice) details.open = choice === "yes";
    details.addEventListener("toggle", () => keep("kb-live-open", details.open ? "yes" : "no"));
  };
  const note = text => {
    const line = document.createElement("p");
    line.className = "kb-live-note";
    line.textContent = text;
    show(line.outerHTML);
  };
  const fresh = (address, stamp) => address.replace(/[?].*$/, "") + "?v=" + stamp;

  // One line of names and values, then the findings as HTML.
  const hear = event => {
    isLost = false;
    // What the server wrote into the page for readers without a script is said below, as long as it is true.
    for (const past of all(".kb-live-past")) past.remove();
    const end = event.data.indexOf("\n");
    const line = end < 0 ? event.data : event.data.slice(0, end);
    const state = Object.fromEntries(line.split(" ").map(pair => pair.split("=")));
    if (state.page === "-" && version !== "-") return note(word("gone"));
    if (state.page !== version) return reload();
    const search = window.kbSearch && window.kbSearch.edition;
    if (search && state.search !== search) return reload();
    if (known.style && state.style !== known.style) {
      for (const link of all("link[rel=stylesheet]")) {
        if (/\/(kb|build)[.]css/.test(link.href)) link.href = fresh(link.href, state.style);
      }
    }
    if (known.files && state.files !== known.files) {
      for (const image of all("img[src]")) image.src = fresh(image.src, state.files);
    }
    known = state;
    show(end < 0 ? "" : event.data.slice(end + 1));
  };
  const lost = () => {
    isLost = true;
    setTimeout(() => isLost && !document.hidden && note(word("lost")), 2000);
  };
  const listen = () => {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
    // Browsers keep few connections to one server: a page that nobody sees asks when it is seen again.
    if (document.hidden) return;
    source = new EventSource("/~kb/events?page=" + encodeURIComponent(page));
    source.addEventListener("state", hear);
    source.addEventListener("error", () => {
      if (!isLost) lost();
      if (source && source.readyState === EventSource.CLOSED) timer = setTimeout(listen, 3000);
    });
  };
  document.addEventListener("visibilitychange", listen);
  // A page that comes back from the browser's memory may have missed something.
  addEventListener("pageshow", event => {
    if (event.persisted) listen();
  });
  addEventListener("load", restore);
  restore();
  listen();
})();
