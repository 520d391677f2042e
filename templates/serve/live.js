// live.js: keeps a page up to date while somebody writes. `kb serve` adds it to what it hands out; a built site has none of it.
(function () {
  "use strict";
  var own = document.currentScript, word = function (name) { return own.getAttribute("data-" + name) || ""; };
  var page = word("page"), version = word("version"), known = {}, box, said, source, isLost = false, timer, shown = "";
  function recall(key) { try { return sessionStorage.getItem(key); } catch (e) { return null; } }
  function keep(key, value) { try { sessionStorage.setItem(key, value); } catch (e) { /* private mode: forget */ } }
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  // The place of a reader is the heading above it, and how far it is scrolled away: what was inserted higher up moves nothing.
  function place() {
    var best = null;
    all("main [id]").forEach(function (element) {
      var top = element.getBoundingClientRect().top;
      if (top <= 120 && element.offsetParent) best = { id: element.id, top: top };
    });
    return { page: page, y: scrollY, id: best && best.id, top: best && best.top };
  }
  function restore() {
    var saved = JSON.parse(recall("kb-live-place") || "null");
    if (!saved || saved.page !== page) return;
    if (document.readyState === "complete") keep("kb-live-place", "null");
    var there = saved.id && document.getElementById(saved.id);
    scrollTo(0, there ? scrollY + there.getBoundingClientRect().top - saved.top : saved.y);
    if (document.readyState === "complete") history.scrollRestoration = "auto";
  }
  function reload() {
    // Nobody's words are taken away in the middle: an open dialog comes first.
    var dialog = document.querySelector("dialog[open]");
    if (dialog) { dialog.addEventListener("close", reload, { once: true }); return; }
    keep("kb-live-place", JSON.stringify(place()));
    history.scrollRestoration = "manual";
    location.reload();
  }

  // What lies over the page: findings, or that it is out of date. The server has escaped every text in it.
  function show(html) {
    if (!box) {
      box = document.createElement("div"); box.className = "kb-live-box";
      said = document.createElement("p"); said.className = "vh"; said.setAttribute("role", "status");
      document.body.appendChild(said); document.body.appendChild(box);
    }
    if (html === shown) return;
    shown = html;
    box.innerHTML = html;
    var details = box.querySelector("details"), summary = box.querySelector("summary, .kb-live-note");
    said.textContent = summary ? summary.textContent : "";
    if (!details) return;
    var choice = recall("kb-live-open");
    if (choice) details.open = choice === "yes";
    details.addEventListener("toggle", function () { keep("kb-live-open", details.open ? "yes" : "no"); });
  }
  function note(text) {
    var p = document.createElement("p");
    p.className = "kb-live-note"; p.textContent = text;
    show(p.outerHTML);
  }
  function fresh(address, stamp) { return address.replace(/[?].*$/, "") + "?v=" + stamp; }

  // One line of names and values, then the findings as HTML.
  function hear(event) {
    isLost = false;
    var cut = event.data.indexOf("\n"), state = {};
    (cut < 0 ? event.data : event.data.slice(0, cut)).split(" ").forEach(function (pair) {
      var parts = pair.split("=");
      state[parts[0]] = parts[1];
    });
    if (state.page === "-" && version !== "-") { note(word("gone")); return; }
    if (state.page !== version) { reload(); return; }
    var search = window.kbSearch && window.kbSearch.edition;
    if (search && state.search !== search) { reload(); return; }
    if (known.style && state.style !== known.style) {
      all("link[rel=stylesheet]").forEach(function (link) {
        if (/\/(kb|build)[.]css/.test(link.href)) link.href = fresh(link.href, state.style);
      });
    }
    if (known.files && state.files !== known.files) {
      all("img[src]").forEach(function (image) { image.src = fresh(image.src, state.files); });
    }
    known = state;
    show(cut < 0 ? "" : event.data.slice(cut + 1));
  }
  function lost() {
    isLost = true;
    setTimeout(function () { if (isLost && !document.hidden) note(word("lost")); }, 2000);
  }
  function listen() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
    // Browsers keep few connections to one server: a page that nobody sees asks when it is seen again.
    if (document.hidden) return;
    source = new EventSource("/~kb/events?page=" + encodeURIComponent(page));
    source.addEventListener("state", hear);
    source.addEventListener("error", function () {
      if (!isLost) lost();
      if (source && source.readyState === 2) timer = setTimeout(listen, 3000);
    });
  }
  document.addEventListener("visibilitychange", listen);
  // A page that comes back from the browser's memory may have missed something.
  addEventListener("pageshow", function (event) { if (event.persisted) listen(); });
  addEventListener("load", restore);
  restore();
  listen();
})();
