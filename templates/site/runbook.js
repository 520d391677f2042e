// The log of a runbook at work: part of kb.js. It is kept in this browser, one entry for each tick and each note, so that two tabs
// add to one log and neither overwrites the other. Nothing in it is taken away: a tick that is undone is a second time, and a run that
// begins anew leaves its log in the menu.
const runLog = name => {
  const prefix = "kb-run " + name + "\n";
  // What the browser refuses to keep is at least kept by this page.
  const held = new Map();
  const stored = work => {
    try {
      return work();
    } catch (e) {
      return null;
    }
  };
  const log = {
    get isKept() {
      return held.size === 0;
    },
    get: key => (held.has(key) ? held.get(key) : stored(() => localStorage.getItem(prefix + key))) || "",
    set: (key, value) => {
      const isStored = stored(() => {
        localStorage.setItem(prefix + key, value);
        return true;
      });
      if (isStored) held.delete(key);
      else held.set(key, value);
      return Boolean(isStored);
    },
    remove: key => {
      held.delete(key);
      stored(() => localStorage.removeItem(prefix + key));
    },
    keys: beginning => {
      const all = stored(() => Object.keys(localStorage)) || [];
      const own = all.filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length));
      return [...new Set([...own, ...held.keys()])].filter(key => key.startsWith(beginning)).sort();
    },
    isOwn: key => key === null || key.startsWith(prefix)
  };
  return log;
};

const runClock = clock => {
  const word = (name, values = {}) => {
    return clock.getAttribute("data-" + name).replace(/\{(\w+)\}/g, (_, key) => values[key]);
  };
  const log = runLog(word("clock"));
  const [done, begin, time, copyLog, again, earlier, menu, asked, question, goOn, anew, unkept] = [
    "done", "begin", "time", "log", "again", "earlier", "more", "asked", "question", "go-on", "anew", "unkept"
  ].map(byID);
  const locale = root.lang === "en" ? "en-GB" : root.lang;
  const day = { day: "2-digit", month: root.lang === "de" ? "2-digit" : "short", year: "numeric" };
  const dated = at => {
    const date = new Date(at);
    return date.toLocaleDateString(locale, day) + " " + pad(date.getHours()) + ":" + pad(date.getMinutes());
  };
  const ago = at => {
    const hours = Math.floor((Date.now() - at) / 3600000);
    const format = new Intl.RelativeTimeFormat(locale);
    return hours < 24 ? format.format(-hours, "hour") : format.format(-Math.floor(hours / 24), "day");
  };
  const make = (tag, className, parent, text = "") => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return parent.appendChild(made);
  };

  // A step is known by its words: where steps were added or moved since, what was ticked stays with them.
  const known = {};
  const steps = all(".steps .tick").map(tick => {
    const how = tick.parentNode.querySelector(".how");
    const text = how.querySelector("label").textContent.replace(/\s+/g, " ").trim();
    known[text] = (known[text] || 0) + 1;
    const key = text + (known[text] > 1 ? " #" + known[text] : "");
    return { tick, how, text, key, stamp: how.querySelector(".stamp") };
  });
  // When a step was ticked, and ticked off again, and so on: an odd number of times means done.
  const times = key => log.get("tick\n" + key).split(" ").filter(Boolean).map(Number);
  const isDone = key => times(key).length % 2 === 1;
  const notes = key => {
    const beginning = "note\n" + key + "\n";
    return log.keys(beginning).map(name => {
      const [at, author, ...lines] = log.get(name).split("\n");
      return { at: Number(at), author, text: lines.join("\n") };
    }).sort((left, right) => left.at - right.at);
  };
  const noted = ({ at, author, text }) => dated(at) + (author ? ", " + author : "") + ": " + text;
  const allTimes = () => {
    const entries = log.keys("tick\n").flatMap(name => times(name.slice(5)));
    for (const name of log.keys("note\n")) entries.push(Number(log.get(name).split("\n")[0]));
    return entries;
  };
  const start = () => Number(log.get("start"));
  const isEmpty = () => !start() && !allTimes().length;
  const first = () => Math.min(start() || Infinity, ...allTimes());
  const latest = () => Math.max(start(), ...allTimes());
  const count = () => steps.filter(step => isDone(step.key)).length + " " + word("of") + " " + steps.length;
  const duration = () => {
    const isOver = steps.length > 0 && steps.every(step => isDone(step.key));
    const seconds = start() ? Math.max(0, Math.floor(((isOver ? latest() : Date.now()) - start()) / 1000)) : 0;
    const days = Math.floor(seconds / 86400);
    const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
    return (days ? days + " d " : "") + parts.map(pad).join(":");
  };

  const written = () => {
    const lines = [word("title")];
    if (start()) lines.push(word("began") + " " + dated(start()) + ", " + word("lasted") + " " + duration());
    lines.push(count() + " " + word("stamp") + ", " + word("as-of") + " " + dated(Date.now()), "");
    const write = (label, key) => {
      const at = times(key);
      lines.push((isDone(key) ? "[x] " + dated(at[at.length - 1]) : "[ ]") + " " + label);
      const before = at.slice(0, isDone(key) ? -1 : undefined);
      before.forEach((when, number) => lines.push("    " + word(number % 2 ? "undone" : "stamp") + " " + dated(when)));
      for (const note of notes(key)) lines.push("    " + noted(note).replace(/\n/g, "\n    "));
    };
    steps.forEach((step, number) => write(number + 1 + ". " + step.text, step.key));
    const there = new Set(steps.map(step => step.key));
    const keys = [...log.keys("tick\n"), ...log.keys("note\n")].map(name => name.split("\n")[1]);
    const lost = [...new Set(keys)].filter(key => !there.has(key));
    for (const key of lost) write(key + " (" + word("gone") + ")", key);
    return lines.join("\n") + "\n";
  };

  const showTime = () => (time.textContent = duration());
  const ask = text => {
    question.textContent = text;
    asked.hidden = false;
    menu.open = false;
  };
  const show = () => {
    for (const { tick, key, stamp, list } of steps) {
      const at = times(key);
      tick.checked = at.length % 2 === 1;
      stamp.textContent = tick.checked ? " " + word("stamp") + " " + dated(at[at.length - 1]) : "";
      list.replaceChildren();
      for (const note of notes(key)) make("li", "", list, noted(note));
    }
    done.textContent = count();
    const isRunning = start() > 0;
    begin.hidden = isRunning;
    copyLog.hidden = isEmpty();
    copyLog.classList.toggle("main", isRunning);
    const logs = log.keys("earlier\n");
    again.hidden = isEmpty();
    earlier.hidden = !logs.length;
    menu.hidden = isEmpty() && !logs.length;
    unkept.hidden = log.isKept;
    showTime();
  };
  const add = (key, value) => {
    log.set(key, value);
    show();
  };

  for (const step of steps) {
    const { tick, how, key } = step;
    step.list = make("ul", "notes", how);
    const details = make("details", "note", how);
    make("summary", "", details, word("note"));
    const form = make("form", "", details);
    const field = (tag, label) => {
      const outer = make("label", "", form, label);
      return make(tag, "", outer);
    };
    const text = field("textarea", word("note"));
    const author = field("input", word("name"));
    text.rows = 2;
    make("button", "btn", form, word("add-note"));
    details.addEventListener("toggle", () => {
      author.value = recall("kb-name") || "";
      if (details.open) text.focus();
    });
    form.addEventListener("submit", event => {
      event.preventDefault();
      if (!text.value.trim()) return text.focus();
      const at = Date.now();
      const name = author.value.replace(/\s+/g, " ").trim();
      keep("kb-name", name);
      add("note\n" + key + "\n" + at + "-" + Math.random().toString(36).slice(2, 8), [at, name, text.value.trim()].join("\n"));
      text.value = "";
      details.open = false;
      details.querySelector("summary").focus();
    });
    tick.addEventListener("change", () => {
      // Another tab may have ticked it already.
      if (tick.checked !== isDone(key)) add("tick\n" + key, [...times(key), Date.now()].join(" "));
      else show();
    });
  }
  begin.addEventListener("click", () => {
    if (!start()) add("start", String(Date.now()));
    copyLog.focus();
  });
  const copied = (text, button) => {
    copy(text, button, word("copied")).then(isCopied => {
      if (isCopied) return;
      // Where nothing can be copied, it is shown, to be selected by hand.
      const dialog = make("dialog", "log", document.body);
      const form = make("form", "", dialog);
      form.method = "dialog";
      const field = make("textarea", "", make("label", "", form, word("select")));
      field.value = text;
      field.readOnly = true;
      make("button", "btn", form, word("close"));
      dialog.addEventListener("close", () => dialog.remove());
      dialog.showModal();
      field.select();
    });
  };
  copyLog.addEventListener("click", () => copied(written(), copyLog));
  earlier.addEventListener("click", () => {
    copied(log.keys("earlier\n").reverse().map(log.get).join("\n"), earlier);
  });
  again.addEventListener("click", () => {
    ask(word("ask-again", { begun: dated(first()), count: count() }));
    goOn.focus();
  });
  goOn.addEventListener("click", () => {
    asked.hidden = true;
    log.set("seen", String(Date.now()));
    (begin.hidden ? copyLog : begin).focus();
  });
  anew.addEventListener("click", () => {
    asked.hidden = true;
    // Without a place for the log of before, it stays.
    if (!isEmpty() && !log.set("earlier\n" + new Date().toISOString(), written())) return show();
    for (const key of [...log.keys("tick\n"), ...log.keys("note\n"), "start", "seen"]) log.remove(key);
    add("start", String(Date.now()));
    copyLog.focus();
  });
  document.addEventListener("click", event => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  addEventListener("storage", event => log.isOwn(event.key) && show());
  addEventListener("pageshow", show);
  addEventListener("beforeunload", event => {
    if (!log.isKept) event.preventDefault();
  });
  setInterval(showTime, 1000);
  show();
  const rest = 12 * 3600000;
  const touched = Math.max(latest(), Number(log.get("seen")));
  if (!isEmpty() && Date.now() - touched > rest) {
    ask(word("ask-old", { begun: dated(first()), ago: ago(first()), latest: dated(latest()) }));
  }
};
