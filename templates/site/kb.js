// kb.js: what a page can do beyond being read. A classic script that also runs from file://; every page reads without it.
(function () {
  "use strict";
  var root = document.documentElement;
  root.setAttribute("data-js", "");
  function recall(key) { try { return localStorage.getItem(key); } catch (e) { return null; } }
  function keep(key, value) { try { localStorage.setItem(key, value); } catch (e) { /* private mode: forget */ } }
  var theme = recall("kb-theme");
  if (theme === "dark" || theme === "light") root.setAttribute("data-theme", theme);
  // The one name that this script, the engine of search.js and its pages share.
  var search = window.kbSearch = { root: document.currentScript.getAttribute("src").replace(/kb\.js.*$/, "") };

  function all(selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); }
  function pad(n) { return (n < 10 ? "0" : "") + n; }
  function copy(text, button, done) {
    var label = button.textContent;
    var say = function () { button.textContent = done; setTimeout(function () { button.textContent = label; }, 1500); };
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(say, function () {}); return; }
    // A page opened from disk has no clipboard of its own in every browser: select a field and ask the old way.
    var field = document.createElement("textarea");
    field.value = text; field.setAttribute("readonly", ""); field.className = "vh";
    document.body.appendChild(field); field.select();
    if (document.execCommand("copy")) say();
    document.body.removeChild(field); button.focus();
  }

  document.addEventListener("DOMContentLoaded", function () {
    // Theme: one button, two states.
    all("[data-theme-switch]").forEach(function (button) {
      button.addEventListener("click", function () {
        var dark = root.getAttribute("data-theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
        var next = dark === "dark" ? "light" : "dark";
        root.setAttribute("data-theme", next);
        keep("kb-theme", next);
      });
    });

    // Contents and filters: open on a desk, closed on a phone.
    if (matchMedia("(max-width: 64rem)").matches) all("details.toc").forEach(function (d) { d.open = false; });
    if (matchMedia("(max-width: 44rem)").matches) all("details.narrow").forEach(function (d) { d.open = false; });

    all("[data-copy]").forEach(function (button) {
      button.addEventListener("click", function () {
        copy(document.getElementById(button.getAttribute("data-copy")).textContent, button, button.getAttribute("data-done"));
      });
    });

    // Runbook: ticks stay in this browser, the clock starts by hand.
    var clock = document.querySelector("[data-clock]");
    if (clock) {
      var word = function (name) { return clock.getAttribute("data-" + name); };
      var id = "kb-run-" + word("clock") + "-", ticks = all(".steps .tick"), done = document.getElementById("kb.done");
      var begin = document.getElementById("kb.begin"), time = document.getElementById("kb.time"), start = Number(recall(id)) || 0;
      var count = function () { done.textContent = ticks.filter(function (t) { return t.checked; }).length + " " + word("of") + " " + ticks.length; };
      var show = function () {
        var s = start ? Math.floor((Date.now() - start) / 1000) : 0;
        time.textContent = pad(Math.floor(s / 3600)) + ":" + pad(Math.floor(s / 60) % 60) + ":" + pad(s % 60);
      };
      var mark = function (tick, value) {
        var stamp = tick.parentNode.querySelector(".stamp");
        tick.checked = !!value;
        tick.setAttribute("data-at", value || "");
        if (stamp) stamp.textContent = value ? " " + word("stamp") + " " + value : "";
      };
      ticks.forEach(function (tick) {
        mark(tick, recall(id + tick.id));
        tick.addEventListener("change", function () {
          var d = new Date(), value = tick.checked ? pad(d.getHours()) + ":" + pad(d.getMinutes()) : "";
          keep(id + tick.id, value); mark(tick, value); count();
        });
      });
      begin.addEventListener("click", function () {
        start = Date.now(); keep(id, String(start)); begin.textContent = word("again");
        ticks.forEach(function (tick) { keep(id + tick.id, ""); mark(tick, ""); });
        show(); count();
      });
      document.getElementById("kb.log").addEventListener("click", function () {
        var lines = [word("title") + ", " + new Date().toLocaleString(root.lang) + ", " + time.textContent + ", " + done.textContent];
        ticks.forEach(function (tick) {
          var label = tick.parentNode.querySelector("label");
          lines.push((tick.checked ? "[x] " : "[ ] ") + (tick.getAttribute("data-at") || "--:--") + " " + (label ? label.textContent.trim() : ""));
        });
        copy(lines.join("\n") + "\n", this, word("copied"));
      });
      if (start) begin.textContent = word("again");
      setInterval(show, 1000); show(); count();
    }

    // Lists: filter by word and by column, sort by a click on the heading.
    var list = document.querySelector("table[data-list]");
    if (list) {
      var body = list.tBodies[0], rows = all("tr", body), total = document.getElementById("kb.total"), whole = total.textContent;
      var filters = all("[data-filter]");
      var apply = function () {
        var seen = 0;
        rows.forEach(function (row) {
          var yes = filters.every(function (f) {
            var key = f.getAttribute("data-filter"), value = f.value.toLowerCase();
            if (key === "*") return !value.trim() || row.textContent.toLowerCase().indexOf(value.trim()) >= 0;
            if (!value) return true;
            var own = row.getAttribute("data-" + key) || "";
            return key === "tags" ? own.indexOf(f.value) >= 0 : own === f.value;
          });
          row.hidden = !yes; if (yes) seen++;
        });
        total.textContent = seen === rows.length ? whole : seen + " " + total.getAttribute("data-of") + " " + (total.getAttribute("data-part") || whole);
      };
      filters.forEach(function (f) { f.addEventListener("input", apply); });
      all("form.filters").forEach(function (f) { f.addEventListener("reset", function () { setTimeout(apply, 0); }); f.addEventListener("submit", function (e) { e.preventDefault(); }); });
      all("thead th", list).forEach(function (th, column) {
        var button = th.querySelector("button");
        if (!button) return;
        button.addEventListener("click", function () {
          var up = th.getAttribute("aria-sort") !== "ascending";
          all("thead th", list).forEach(function (other) { other.removeAttribute("aria-sort"); });
          th.setAttribute("aria-sort", up ? "ascending" : "descending");
          var key = function (row) { var c = row.cells[column]; return c.getAttribute("data-v") || c.textContent.trim(); };
          rows.slice().sort(function (a, b) {
            var x = key(a), y = key(b);
            if (!x !== !y) return x ? -1 : 1;
            return x.localeCompare(y, root.lang, { numeric: true }) * (up ? 1 : -1);
          }).forEach(function (row) { body.appendChild(row); });
        });
      });
    }

    // A to Z: the list gets shorter as one types.
    var find = document.querySelector("[data-find]");
    if (find) {
      var sections = all("main .sec");
      var narrow = function () {
        var words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
        sections.forEach(function (section) {
          var any = false;
          all("li", section).forEach(function (item) {
            var text = item.textContent.toLowerCase();
            item.hidden = !words.every(function (w) { return text.indexOf(w) >= 0; });
            if (!item.hidden) any = true;
          });
          section.hidden = !any;
        });
      };
      find.addEventListener("input", narrow);
      find.form.addEventListener("submit", function (e) {
        e.preventDefault();
        var first = all("main .sec:not([hidden]) li:not([hidden]) a")[0];
        if (first && find.value.trim()) location.href = first.href;
      });
      if (!location.hash) find.focus();
      narrow();
    }

    // Search: a click, a key or a word opens the dialog; search.js is loaded when a field is first touched.
    var bar = document.querySelector("form.seek"), own = document.querySelector("[data-search]"), coming, over, field, said;
    search.lists = function (box, text) {
      box.textContent = text;
      ["a-z.html", "types.html", "emergency.html"].forEach(function (name) {
        var known = document.querySelector("nav a[href$='" + name + "']"), link = document.createElement("a");
        link.href = search.root + name; link.textContent = known ? known.textContent : name;
        box.appendChild(document.createTextNode(" ")); box.appendChild(link);
      });
    };
    var load = function (box) {
      coming = coming || new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = search.root + "search.js"; script.onerror = failed;
        // A file that was cut off, or another page in its place, is loaded as well.
        script.onload = function () { if (search.suggest && search.query) done(); else failed(); };
        document.head.appendChild(script);
      });
      return coming.catch(function () {
        coming = null;
        if (box) search.lists(box, (bar || own.form).getAttribute("data-failed"));
        return true;
      });
    };
    var make = function (tag, className, parent) {
      var made = document.createElement(tag);
      made.className = className;
      return parent.appendChild(made);
    };
    var open = function (typed) {
      if (own || !bar) { if (own) { own.focus(); own.select(); } return !!own; }
      if (!over) {
        over = make("dialog", "over", document.body);
        var form = over.appendChild(bar.cloneNode(true)), label = form.querySelector("label"), close;
        form.className = ""; over.setAttribute("aria-label", label.textContent);
        field = form.querySelector("input"); field.type = "text"; field.id = label.htmlFor = "kb.over";
        said = make("p", "said", form); said.setAttribute("role", "status");
        close = make("button", "btn tiny", form); close.type = "button"; close.textContent = bar.getAttribute("data-close");
        close.addEventListener("click", function () { over.close(); });
        over.addEventListener("click", function (event) { if (event.target === over) over.close(); });
        over.addEventListener("close", function () { bar.q.value = field.value; });
      }
      if (!over.open) { field.value = bar.q.value; over.showModal(); }
      field.focus();
      if (typed) field.setSelectionRange(field.value.length, field.value.length); else field.select();
      load(said).then(function (failed) { if (!failed) search.suggest(field, said); });
      return true;
    };
    if (bar) {
      var typed = function (event) { if (!event.isComposing) open(true); };
      bar.q.addEventListener("focus", function () { load(); });
      bar.q.addEventListener("click", function () { open(); });
      bar.q.addEventListener("input", typed);
      bar.q.addEventListener("compositionend", typed);
    }
    if (own) load(document.getElementById("kb.said"));
    else if (/[?&]q=./.test(location.search)) load();
    all("[data-seek]").forEach(function (link) { link.addEventListener("click", function (event) { if (open()) event.preventDefault(); }); });
    document.addEventListener("keydown", function (event) {
      var command = event.ctrlKey || event.metaKey, focus = document.activeElement;
      var typing = focus && focus.matches("textarea, select, input:not([type=checkbox]), [contenteditable]");
      if (event.altKey || !(command ? !event.shiftKey && event.key.toLowerCase() === "k" : event.key === "/" && !typing)) return;
      if (open()) event.preventDefault();
    });
  });
})();
