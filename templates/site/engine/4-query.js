// What a query means: its words and all that may stand for them, its conditions.

// ---- What the words of a query stand for

var UMLAUT = 0.95, JOINED = 0.95, INFLECTION = 0.9, PIECES = 0.9, KNOWN_PIECES = 0.3, COMPOUND = 0.8, PREFIX = 0.7;
var LINKS = ["", "s", "n", "en", "es", "er"];

function rarityOf(lists) {
  var own = 1000, related = 1000, strongest = 0;
  lists.forEach(function (list) {
    if (list.isRelated) related = Math.min(related, list.rarity); else own = Math.min(own, list.rarity);
    strongest = Math.max(strongest, list.strongest);
  });
  return (own < 1000 ? own : related < 1000 ? related : 0) * (0.4 + 0.6 * Math.min(1, strongest / 20));
}
function exact(text, reason, weight) {
  var place = find(text), lists = place ? listsOf(place) : [];
  if (!lists.length) return null;
  return {
    weight: weight, parts: [lists.map(function (list) { return { list: list, weight: 1 }; })],
    rarities: [rarityOf(lists)], reason: reason, words: [text]
  };
}
function together(places, reason, weight) {
  var lists = [], rarity = 0;
  places.forEach(function (place) {
    var found = listsOf(place);
    rarity = Math.max(rarity, rarityOf(found));
    found.forEach(function (list) { lists.push({ list: list, weight: weight(place.word) }); });
  });
  if (!lists.length) return null;
  return {
    weight: 1, parts: [lists], rarities: [rarity * (reason === "prefix" || reason === "spelling" ? 0.9 : 1)], reason: reason,
    words: places.map(function (place) { return place.word; })
  };
}
function inflected(text) {
  var cut, base, places, length = size(text), isOther = function (place) { return index.endings.has(place.word.slice(base.length)); };
  if (length < 4 || length !== bytes(text)) return null;
  for (cut = 0; cut <= Math.min(4, length - 4); cut++) {
    if (!index.endings.has(text.slice(text.length - cut))) continue;
    base = text.slice(0, text.length - cut);
    places = beginningWith(base).filter(isOther);
    if (places.length) return together(places, "inflection", function () { return INFLECTION; });
  }
  return null;
}
// A German verb with or without what stands inside of it: "anlegen", "anzulegen", "angelegt".
var PARTICLES = "zuruck wieder weiter zusammen herunter bereit durch heraus hinzu hoch unter uber auf aus ein her hin los mit nach fest frei fort vor weg bei ab an um zu".split(" ");
var INFIXES = ["ge", "zu"];
function verb(text) {
  var without = [], within = [], forms, i, way;
  if (text.length < 5 || !/[nt]$/.test(text) || !isPlain(text)) return null;
  PARTICLES.forEach(function (particle) {
    var rest = text.slice(particle.length), bare = [rest];
    if (!text.startsWith(particle)) return;
    INFIXES.forEach(function (infix) {
      if (rest.length < 5 || !rest.startsWith(infix)) return;
      bare.push(rest.slice(2));
      without.push(particle + rest.slice(2));
    });
    bare.forEach(function (rest) {
      INFIXES.forEach(function (infix) { if (rest.length >= 3) within.push(particle + infix + rest); });
    });
  });
  if (text.length >= 6 && text.startsWith("ge")) without.push(text.slice(2));
  forms = without.concat(within, "ge" + text);
  for (i = 0; i < forms.length; i++) if ((way = exact(forms[i], "inflection", INFLECTION) || inflected(forms[i]))) return way;
  return null;
}
function prefixed(text, isKnown) {
  var places = beginningWith(text).filter(function (place) { return place.word !== text; });
  if (places.length > 24) {
    places.sort(function (a, b) { return bytes(a.word) - bytes(b.word) || (isBefore(a.word, b.word) ? -1 : 1); });
    places.length = 24;
  }
  if (!places.length) return null;
  var share = isKnown ? PREFIX * 0.6 : PREFIX;
  return together(places, "prefix", function (w) { return share * (0.5 + 0.5 * bytes(text) / bytes(w)); });
}
function sharedPrefix(a, b) {
  var n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}
function contracted(text) {
  var result = text.replace(/([aou])e+/g, "$1");
  return result.length < text.length ? result : null;
}
function compound(text) {
  var cut, i, link, head, tail, found;
  if (text.length < 7 || text.length > 48 || !isPlain(text)) return null;
  for (cut = text.length - 3; cut >= 3; cut--) {
    for (i = 0; i < LINKS.length; i++) {
      link = LINKS[i];
      if (!text.slice(0, cut).endsWith(link)) continue;
      head = text.slice(0, cut - link.length);
      if (head.length < 4 || index.stop.has(head) || !find(head)) continue;
      tail = text.slice(cut);
      if (tail.length < 4 || index.stop.has(tail)) continue;
      if (!find(tail) && !inflected(tail)) continue;
      found = all([head, tail], COMPOUND, false);
      if (!found) continue;
      found.reason = "compound";
      return found;
    }
  }
  return null;
}
function all(words, weight, isLast) {
  var parts = [], rarities = [], found = [];
  words.slice(0, 12).forEach(function (text, number) {
    var lists = [], rarity = 0;
    simple(text, isLast && number === words.length - 1).forEach(function (way) {
      rarity = Math.max(rarity, way.rarities[0]);
      way.parts[0].forEach(function (entry) { lists.push({ list: entry.list, weight: way.weight * entry.weight }); });
      found = found.concat(way.words);
    });
    parts.push(lists);
    rarities.push(!lists.length ? 20 : index.stop.has(text) ? rarity * 0.1 : rarity);
  });
  if (!parts.some(function (lists) { return lists.length; })) return null;
  return { weight: weight, parts: parts, rarities: rarities, reason: "pieces", words: found };
}
function simple(text, isLast) {
  var way = exact(text, "exact", 1) || inflected(text);
  if (!way && (isLast || size(text) >= 4)) way = prefixed(text, false);
  way = way || more().spelled(text, 2);
  return way ? [way] : [];
}
function alternatives(text, isLast, isStopword) {
  var found = [], length = size(text), way = exact(text, "exact", 1), short;
  if (way) found.push(way);
  if (isStopword) return found;
  if (!found.length && (short = contracted(text)) && (way = exact(short, "umlaut", UMLAUT))) found.push(way);
  if (!found.length && (way = inflected(text))) found.push(way);
  var isKnown = found.length > 0;
  if ((length >= 4 && !isKnown || isLast && length >= 2) && (way = prefixed(text, isKnown))) found.push(way);
  if (!found.length && (way = verb(text))) found.push(way);
  if (!found.length && (way = more().spelled(text, 1))) found.push(way);
  if (!isKnown && found.every(function (w) { return w.reason === "prefix"; }) && (way = compound(text))) found.push(way);
  if (!found.length && (way = more().spelled(text, 2))) found.push(way);
  return found;
}
function rarest(way) {
  var most = 0, sum = 0;
  way.rarities.forEach(function (rarity) { most = Math.max(most, rarity); sum += rarity; });
  return Math.min(91, most + 0.4 * (sum - most));
}
function unitOf(run, isLast) {
  var text = run.whole || run.atoms[0], unit = { text: text, ways: [], weight: 0, isStopword: index.stop.has(text) }, way, known;
  if (run.whole) {
    if ((way = exact(run.whole, "exact", 1))) unit.ways.push(way);
    if (!unit.isStopword && (way = all(run.atoms, unit.ways.length ? KNOWN_PIECES : PIECES, isLast))) unit.ways.push(way);
  } else {
    unit.ways = alternatives(run.atoms[0], isLast, unit.isStopword);
    known = unit.ways.some(function (w) { return w.reason === "exact"; });
    if (run.parts.length > 1 && (way = all(run.parts, known ? KNOWN_PIECES : PIECES, false))) unit.ways.push(way);
  }
  known = unit.ways.filter(function (w) { return w.reason === "exact"; })[0];
  if (known) unit.weight = rarest(known);
  else unit.ways.forEach(function (w) { unit.weight = Math.max(unit.weight, rarest(w)); });
  return unit;
}
function unitsOf(query, attempt) {
  var runs = query.runs;
  var units = runs.map(function (run, number) {
    return attempt(function () { return unitOf(run, number === runs.length - 1); }, { ways: [], weight: 0, text: "" });
  });
  runs.slice(0, -1).forEach(function (first, number) {
    var second = runs[number + 1];
    if (first.whole || second.whole || size(first.atoms[0]) < 2 || size(second.atoms[0]) < 2 || !isPlain(first.atoms[0] + second.atoms[0])) return;
    var joined = attempt(function () { return exact(first.atoms[0] + second.atoms[0], "joined", JOINED); }, null);
    if (!joined) return;
    [number, number + 1].forEach(function (n) {
      units[n].ways.push(joined);
      if (units[n].weight === 0) units[n].weight = joined.rarities[0];
    });
  });
  if (!units.every(function (unit) { return unit.isStopword || !unit.ways.length; })) {
    units.forEach(function (unit) { if (unit.isStopword) unit.weight *= 0.1; else if (index.trouble.has(unit.text)) { unit.weight *= 0.6; unit.isTrouble = !index.telling.has(unit.text); } });
  }
  return units.filter(function (unit) { return unit.ways.length; });
}

// ---- The query

var FILTERS = {
  kind: 0, art: 0, status: 1, criticality: 2, kritikalitat: 2, system: 3, owner: 4, verantwortlich: 4, tag: 5, schlagwort: 5
};
// A phone number as it is typed, with its signs: as it is dialled within its country, and where the text goes on.
var CODES = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split(" ");
function phone(chars, start) {
  var at = start, plus, digits = "", first = 0, end, zeros, signs;
  function isDigit(c) { return c >= "0" && c <= "9"; }
  if (chars[at] === "(") at++;
  plus = chars[at] === "+";
  if (plus) at++;
  if (at >= chars.length || !plus && chars[at] !== "0") return null;
  for (end = at; at < chars.length; at++) {
    if (isDigit(chars[at])) {
      if (!(chars[at] === "0" && at > start && chars[at - 1] === "(" && chars[at + 1] === ")" && (plus || digits.startsWith("00")))) digits += chars[at];
      if (digits.length > 15) return null;
      end = at + 1;
    } else if (" -/().\xa0\u2013".indexOf(chars[at]) >= 0) {
      first = first || digits.length;
      for (signs = at; signs < chars.length && " -/().\xa0\u2013".indexOf(chars[signs]) >= 0; signs++);
      // Behind a whole number and a blank may stand another.
      if (digits.length > 6 && (chars[signs] === "0" || chars[signs] === "+") && chars.slice(at, signs).some(function (c) { return c === " " || c === "\xa0"; })) break;
    } else {
      break;
    }
  }
  if (end < chars.length && chars[end] > " " && "),.;:!?\"'".indexOf(chars[end]) < 0 && !/[\xa0\u2000-\u206f]/.test(chars[end])) return null;
  first = first || digits.length;
  zeros = !plus && digits.startsWith("00");
  if (plus || zeros) {
    if (zeros) digits = digits.slice(2);
    if (digits.length <= 8 || digits[0] === "0") return null;
    digits = "0" + digits.slice(/^[17]/.test(digits) ? 1 : CODES.indexOf(digits.slice(0, 2)) >= 0 ? 2 : 3);
  } else if (digits.length <= 6 || first <= 2) {
    return null;
  }
  return { digits: digits, end: end };
}
// What is written by a machine, or for one: "m.muster", "$true", "C:\\Windows"; and switches with a capital inside.
function looksPasted(chunk) { return /[$(){}=|;_\\]/.test(chunk) || /[a-zA-Z0-9][.:\/](?=[a-zA-Z0-9])/.test(chunk); }
function parse(text) {
  var chars = Array.from(text).slice(0, 2000), quotes = "\"\u201c\u201d\u201e\u00ab\u00bb", query = { runs: [], phrases: [], excluded: [], filters: [] };
  var chunk = "", at = 0, close, number, switches = [], isPasted = false;
  function append(tokens) {
    var found = [], last = -1;
    tokens.forEach(function (token) {
      if (token.run !== last) found.push({ whole: null, atoms: [], parts: [] });
      last = token.run;
      var run = found[found.length - 1];
      if (token.role === 0) run.atoms.push(token.text); else if (token.role === 1) run.parts.push(token.text); else run.whole = token.text;
    });
    found.forEach(push);
  }
  function push(run) {
    var key = JSON.stringify(run);
    if (query.runs.length < 32 && !query.runs.some(function (other) { return JSON.stringify(other) === key; })) query.runs.push(run);
  }
  function addFilter(name, text) {
    var not = name[0] === "-";
    name = folded(name);
    var value = Object.prototype.hasOwnProperty.call(FILTERS, name) ? atomsOf(text).join("-") : "";
    if (value) query.filters.push({ facet: FILTERS[name], value: value, not: not });
    return value !== "";
  }
  function add() {
    if (!chunk) return;
    var colon = chunk.indexOf(":"), tokens;
    if (colon >= 0 && addFilter(chunk.slice(0, colon), chunk.slice(colon + 1))) { chunk = ""; return; }
    tokens = scan(chunk);
    if (chunk[0] === "-" && chunk[1] !== "-") {
      if (/[a-z][A-Z]/.test(chunk)) isPasted = true;
      else if (!/^-[0-9]*$/.test(chunk) && tokens.length === 1 && bytes(tokens[0].text) > 2) { switches.push(tokens); chunk = ""; return; }
    }
    if (looksPasted(chunk)) isPasted = true;
    append(tokens);
    chunk = "";
  }
  while (at < chars.length) {
    close = -1;
    if (quotes.indexOf(chars[at]) >= 0 && (!chunk || chunk.endsWith(":"))) {
      for (close = at + 1; close < chars.length && quotes.indexOf(chars[close]) < 0; close++);
      if (close === chars.length) close = -1;
    }
    if (close > at + 1) {
      var quoted = chars.slice(at + 1, close).join(""), phrase = atomsOf(quoted);
      if (addFilter(chunk.slice(0, -1), quoted)) {
        chunk = "";
      } else {
        add();
        if (phrase.length > 1) query.phrases.push(phrase);
        append(scan(quoted));
      }
      at = close + 1;
    } else if (!chunk && (number = phone(chars, at))) {
      var atoms = atomsOf(chars.slice(at, number.end).join(""));
      push({ whole: atoms.length === 1 && atoms[0] === number.digits ? null : number.digits, atoms: atoms, parts: [] });
      at = number.end;
    } else if (chars[at].codePointAt(0) <= 0x20 || chars[at] === "\xa0") {
      add();
      at++;
    } else {
      chunk += chars[at++];
    }
  }
  add();
  // What a pasted command or message has behind a hyphen belongs to it; typed, "-word" leaves pages out.
  switches.forEach(function (tokens) { if (isPasted) append(tokens); else query.excluded.push(tokens[0].text); });
  return query;
}
function isTrouble(query) {
  return query.runs.some(function (run) {
    return run.atoms.concat(run.parts, run.whole || []).some(function (w) { return index.trouble.has(w); }) || run.atoms[0].length > 4 && run.atoms[0].startsWith("0x");
  });
}
