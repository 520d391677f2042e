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
    return clock.getAttribute("data-" + name).replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  };
  const log = runLog(word("clock"));
  const [done, begin, time, copyLog, again, earlier, menu, asked, question, goOn, anew, unkept] = [
    "done", "begin", "time", "log", "again", "earlier", "more", "asked", "question", "go-on", "anew", "unkept"
  ].map(byID);
  const [entries, entry, hand, drill, download] = ["entries", "entry", "hand", "drill", "download"].map(byID);
  const locale = root.lang === "en" ? "en-GB" : root.lang;
  const day = { day: "2-digit", month: root.lang === "de" ? "2-digit" : "short", year: "numeric" };
  const dated = at => {
    const date = new Date(at);
    return date.toLocaleDateString(locale, day) + " " + pad(date.getHours()) + ":" + pad(date.getMinutes());
  };
  // As programs read it: in the log.
  const iso = at => {
    const date = new Date(at);
    const numbers = [date.getFullYear(), pad(date.getMonth() + 1), pad(date.getDate())];
    return numbers.join("-") + " " + pad(date.getHours()) + ":" + pad(date.getMinutes());
  };
  const ago = at => {
    const hours = Math.floor((Date.now() - at) / 3600000);
    const format = new Intl.RelativeTimeFormat(locale);
    return hours < 24 ? format.format(-hours, "hour") : format.format(-Math.floor(hours / 24), "day");
  };
  const inDays = days => new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" }).format(days);
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
  // When a step was ticked, and ticked off again, and so on: an odd number of times means done. A clock likewise: started, taken back.
  const timesOf = name => log.get(name).split(" ").filter(Boolean).map(Number);
  const times = key => timesOf("tick\n" + key);
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
    const all = ["tick\n", "clock\n"].flatMap(log.keys).flatMap(timesOf);
    for (const name of log.keys("note\n")) all.push(Number(log.get(name).split("\n")[0]));
    return all;
  };
  // All that was done, in its order. A note that belongs to no step has an empty key.
  const course = () => {
    const found = start() ? [{ at: start(), author: "", text: word("began") }] : [];
    const labels = new Map(steps.map((step, number) => [step.key, number + 1 + ". " + step.text]));
    const label = key => labels.get(key) || key + " (" + word("gone") + ")";
    const toggled = (name, words) => timesOf(name).forEach((at, number) => found.push({ at, author: "", text: words(number % 2) }));
    for (const name of log.keys("tick\n")) toggled(name, isBack => word(isBack ? "undone" : "stamp") + ": " + label(name.slice(5)));
    for (const name of log.keys("clock\n")) {
      const limit = limits.find(limit => limit.name === name.slice(6));
      const until = limit && limit.end(timesOf(name)[0]);
      toggled(name, isBack => {
        if (limit && limit.isAtOnce && !isBack) return limit.name + ": " + word("stamp");
        const started = word("clock-started", { name: name.slice(6) }) + (until ? ", " + word("until") + " " + iso(until) : "");
        return isBack ? word("clock-undone", { name: name.slice(6) }) : started;
      });
    }
    for (const key of new Set(log.keys("note\n").map(name => name.split("\n")[1]))) {
      for (const note of notes(key)) found.push({ ...note, text: (key ? label(key) + ": " : "") + note.text });
    }
    return found.sort((left, right) => left.at - right.at);
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
    return (days ? inDays(days) + " " : "") + parts.map(pad).join(":");
  };

  // The log as Markdown: 'kb incident' reads it, and so does any ticket.
  const written = () => {
    const lines = ["# " + word("log-title", { title: word("title") }), ""];
    const isOver = steps.length > 0 && steps.every(step => isDone(step.key));
    lines.push(...word("facts").split("\n").filter(Boolean).map(fact => "- " + fact));
    lines.push("- " + word("type") + ": " + word(log.get("drill") ? "drill" : "real"));
    if (!isEmpty()) lines.push("- " + word("beginning") + ": " + iso(first()));
    if (isOver) lines.push("- " + word("ending") + ": " + iso(latest()));
    lines.push("- " + word("as-of") + ": " + iso(Date.now()) + ", " + count() + " " + word("stamp"));
    lines.push("", "## " + word("steps"), "");
    steps.forEach((step, number) => {
      const at = times(step.key);
      lines.push("- [" + (isDone(step.key) ? "x" : " ") + "] " + (number + 1) + ". " + step.text + (isDone(step.key) ? " (" + iso(at[at.length - 1]) + ")" : ""));
    });
    lines.push("", "## " + word("course"), "", "| " + [word("when"), word("who"), word("what")].join(" | ") + " |", "|---|---|---|");
    const cell = text => text.replace(/\\/g, "\\\\").replace(/\|/g, "\\|").replace(/\s*\n\s*/g, " / ");
    for (const { at, author, text } of course()) lines.push("| " + [iso(at), cell(author), cell(text)].join(" | ") + " |");
    return lines.join("\n") + "\n";
  };

  // The clocks that a click starts; outage.js reckons when each ends.
  const limits = all(".starts [data-due]").map(cell => {
    const name = cell.getAttribute("data-name");
    // What is due at once has no end: the click says that it is done.
    const isAtOnce = !cell.getAttribute("data-due");
    const reckoned = from => !isAtOnce && window.kbOutage && window.kbOutage.ends(cell, new Date(from));
    const said = make("span", "", cell);
    const button = make("button", "btn tiny", cell, word("start"));
    const start = () => {
      const at = timesOf("clock\n" + name);
      return at.length % 2 ? at[at.length - 1] : 0;
    };
    const told = end => {
      if (!start()) return "";
      if (isAtOnce) return word("stamp") + " " + dated(start());
      return end ? end.text + " " + (end.left < 0 ? word("over") : word("left", { time: spent(end.left) })) : "";
    };
    const show = () => {
      const end = start() && reckoned(start());
      const deed = word(start() ? "undo" : isAtOnce ? "stamp" : "start");
      // It is called each second, and a button that somebody presses must stay.
      if (button.textContent !== deed) button.textContent = deed;
      button.setAttribute("aria-label", name + ": " + deed);
      said.textContent = told(end);
      cell.classList.toggle("late", Boolean(end && end.left < 0));
    };
    button.type = "button";
    button.addEventListener("click", () => add("clock\n" + name, [...timesOf("clock\n" + name), Date.now()].join(" ")));
    return { name, show, isAtOnce, end: from => (reckoned(from) || {}).at };
  });
  const spent = minutes => (minutes >= 1440 ? inDays(Math.floor(minutes / 1440)) + " " : "") + (Math.floor(minutes / 60) % 24) + ":" + pad(minutes % 60) + " h";
  const showTime = () => {
    time.textContent = duration();
    for (const limit of limits) limit.show();
  };
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
    entries.replaceChildren();
    for (const line of course()) make("li", "", entries, noted(line));
    drill.checked = Boolean(log.get("drill"));
    showTime();
  };
  const add = (key, value) => {
    log.set(key, value);
    show();
  };

  const write = (key, author, text) => {
    const at = Date.now();
    const name = author.replace(/\s+/g, " ").trim();
    keep("kb-name", name);
    add("note\n" + key + "\n" + at + "-" + Math.random().toString(36).slice(2, 8), [at, name, text].join("\n"));
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
      write(key, author.value, text.value.trim());
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
  // A line that belongs to no step, and the hand-over: from then on somebody else writes.
  for (const form of [entry, hand]) {
    const [text, author] = all("textarea, input", form);
    if (author) author.value = recall("kb-name") || "";
    form.addEventListener("submit", event => {
      event.preventDefault();
      const words = text.value.trim();
      if (!words) return text.focus();
      if (author) write("", author.value, words);
      else write("", recall("kb-name") || "", word("handed", { name: words }));
      if (!author) {
        keep("kb-name", words);
        all("input", entry)[0].value = words;
        copied(written(), all("button", hand)[0]);
      }
      text.value = "";
    });
  }
  drill.addEventListener("change", () => (drill.checked ? add("drill", "1") : (log.remove("drill"), show())));
  download.addEventListener("click", () => {
    const link = make("a", "vh", document.body);
    link.href = URL.createObjectURL(new Blob([written()], { type: "text/markdown" }));
    link.download = word("file") + "-" + iso(Date.now()).slice(0, 10) + ".md";
    link.click();
    link.remove();
  });
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
    for (const key of [...["tick\n", "note\n", "clock\n"].flatMap(log.keys), "start", "seen", "drill"]) log.remove(key);
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
  addEventListener("kb-outage", show);
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
