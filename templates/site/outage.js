// outage.js: who answers now, and by when something is due. Without it a page says the hours and the lengths.
// The twin of KBSource/ServiceTime.swift: moments are minutes by the clock on the wall, so that a change of the clock moves no service
// hours.
(() => {
  "use strict";
  const day = 24 * 60;
  const week = 7 * day;
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const pad = n => String(n).padStart(2, "0");
  // Minutes since Monday, 29 December 1969.
  const offset = 3 * day;
  const moment = date =>
    Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes()) / 60000 + offset;
  const dateOf = minutes => new Date((minutes - offset) * 60000);
  const inWeek = minutes => ((minutes % week) + week) % week;
  const spansOf = text => (text ? text.split(" ").map(span => span.split("-").map(Number)) : []);
  const isOpen = (spans, at) => spans.some(([from, to]) => from <= inWeek(at) && inWeek(at) < to);
  const opening = (spans, at) => {
    const minute = inWeek(at);
    const next = spans.find(([, to]) => to > minute);
    return next ? at + Math.max(0, next[0] - minute) : at + week + spans[0][0] - minute;
  };
  const closing = (spans, at) => {
    if (spans.length === 1 && spans[0][0] === 0 && spans[0][1] === week) return null;
    const minute = inWeek(at);
    const span = spans.find(([from, to]) => from <= minute && minute < to);
    if (!span) return null;
    const end = span[1] === week && spans[0][0] === 0 ? week + spans[0][1] : span[1];
    return at + end - minute;
  };
  const time = minutes => {
    const date = dateOf(minutes);
    return pad(date.getUTCHours()) + ":" + pad(date.getUTCMinutes());
  };
  const dayNumber = minutes => Math.floor(minutes / day);
  const addMonths = (at, months) => {
    const date = dateOf(at);
    const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
    const number = Math.min(date.getUTCDate(), target.getUTCDate());
    return (
      Date.UTC(target.getUTCFullYear(), target.getUTCMonth(), number, date.getUTCHours(), date.getUTCMinutes()) / 60000 + offset
    );
  };
  const added = (at, amount, unit) => {
    switch (unit) {
      case "m": return at + amount;
      case "h": return at + amount * 60;
      case "d": return at + amount * day;
      case "w": return at + amount * week;
      case "M": return addMonths(at, amount);
      default: return addMonths(at, amount * 12);
    }
  };
  const due = (spans, text, begin) => {
    const amount = parseInt(text, 10);
    const unit = text.slice(-1);
    // Without service hours time just passes, also while clocks are changed.
    if (!spans.length && (unit === "m" || unit === "h")) {
      const wall = dateOf(begin);
      const start = new Date(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate(), wall.getUTCHours(), wall.getUTCMinutes());
      return moment(new Date(start.getTime() + amount * (unit === "h" ? 3600000 : 60000)));
    }
    if (!spans.length) return added(begin, amount, unit);
    const start = opening(spans, begin);
    if (unit === "d") {
      let at = start;
      for (let number = 0; number < amount; number++) {
        const next = opening(spans, (dayNumber(at) + 1) * day);
        at = dayNumber(next) * day + (start - dayNumber(start) * day);
      }
      return opening(spans, at);
    }
    if (unit !== "m" && unit !== "h") return opening(spans, added(start, amount, unit));
    let left = unit === "h" ? amount * 60 : amount;
    const open = spans.reduce((sum, [from, to]) => sum + to - from, 0);
    const weeks = left > 0 ? Math.floor((left - 1) / open) : 0;
    left -= weeks * open;
    let at = start + weeks * week;
    while (left > 0) {
      const minute = inWeek(at);
      const span = spans.find(([from, to]) => from <= minute && minute < to) || spans[0];
      const step = Math.min(left, span[1] - minute);
      left -= step;
      at += step;
      if (left > 0) at = opening(spans, at);
    }
    return at;
  };

  // Who answers now is called first; the crisis team after those who act; a closed line last.
  const runCalls = box => {
    const words = name => box.getAttribute("data-" + name);
    const days = words("days").split(" ");
    const folded = box.querySelector("details");
    const shown = all(":scope > a", box).length;
    const said = (name, at, now) => {
      const prefix = dayNumber(at) === dayNumber(now) ? "" : days[Math.floor(inWeek(at) / day)] + " ";
      return words(name).replace("{t}", prefix + time(at));
    };
    const show = () => {
      const now = moment(new Date());
      const turn = call => {
        const spans = spansOf(call.getAttribute("data-open"));
        const open = spans.length ? isOpen(spans, now) : null;
        const state = call.querySelector(".answers");
        if (state && spans.length) {
          const until = open && closing(spans, now);
          state.textContent = !open ? said("closed", opening(spans, now), now) : until ? said("until", until, now) : words("open-now");
        }
        if (open === false) return 3;
        if (call.hasAttribute("data-crisis")) return 2;
        return open ? 0 : 1;
      };
      const calls = all("a", box).map((call, number) => ({ call, number, turn: turn(call) }));
      const numbers = calls.map(entry => Number(entry.call.getAttribute("data-turn") || entry.number));
      calls.forEach((entry, place) => (entry.own = numbers[place]));
      calls.sort((one, other) => one.turn - other.turn || one.own - other.own);
      const isInOrder = calls.every((entry, place) => entry.number === place);
      calls.forEach((entry, place) => {
        entry.call.setAttribute("data-turn", String(entry.own));
        entry.call.className = place === 0 ? "ring" : "then";
        // A number that somebody is about to press stays where it is.
        if (isInOrder) return;
        // What is folded stays as many; each goes to the end of its part, in the new order.
        if (place < shown) box.insertBefore(entry.call, folded);
        else folded.append(entry.call);
      });
      const dock = document.querySelector(".dock .ring");
      const first = calls[0] && calls[0].call;
      if (dock && first) {
        dock.href = first.href;
        dock.querySelector("b").textContent = first.querySelector("b").textContent;
        dock.querySelector("span").textContent = first.querySelector("span").firstChild.textContent;
      }
    };
    show();
    setInterval(show, 60000);
  };

  // When the clock of a cell ends that begins at a date, by the clock on the wall.
  const dueOf = (cell, begin) => {
    const spans = spansOf(cell.getAttribute("data-open"));
    const lengths = cell.getAttribute("data-due").split(" ").filter(Boolean);
    return lengths.reduce((from, length) => due(spans, length, from), begin);
  };
  const shown = (at, begin) => {
    const date = dateOf(at);
    const isToday = dayNumber(at) === dayNumber(begin);
    return (isToday ? "" : pad(date.getUTCDate()) + "." + pad(date.getUTCMonth() + 1) + ". ") + time(at);
  };
  const ends = (cell, date) => {
    const at = dueOf(cell, moment(date));
    const wall = dateOf(at);
    const local = new Date(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate(), wall.getUTCHours(), wall.getUTCMinutes());
    return { at: local.getTime(), text: shown(at, moment(new Date())), left: Math.round((local - Date.now()) / 60000) };
  };

  const runClocks = field => {
    const show = () => {
      const begin = moment(new Date(field.value || Date.now()));
      for (const cell of all("[data-due]")) {
        cell.textContent = shown(dueOf(cell, begin), begin);
      }
    };
    const now = new Date();
    const local = new Date(now.getTime() - now.getTimezoneOffset() * 60000);
    if (!field.value) field.value = local.toISOString().slice(0, 16);
    field.addEventListener("input", show);
    show();
  };

  for (const box of all("[data-calls]")) runCalls(box);
  const field = document.querySelector("[data-begin]");
  if (field) runClocks(field);
  window.kbOutage = { due, isOpen, opening, closing, moment, ends };
  dispatchEvent(new Event("kb-outage"));
})();
