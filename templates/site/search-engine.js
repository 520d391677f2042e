// search-engine.js: finds pages in the index. The twin of Sources/KBSearch: what it does, in which order, and with which
// numbers is written there, and a test compares the two. Joined with search-pages.js into search.js; what few queries need is in
// search-more.js.
(function () {
  "use strict";
  var search = window.kbSearch = window.kbSearch || {};
  var store = {}, loading = {}, index = null;

  // A shard of the index registers its strings here.
  search.put = function (name, strings) { store[name] = strings; };

  // ---- Shards

  // Thrown where a shard is needed that is not there yet; the query is answered again when it is.
  function Missing(names) { this.names = names; }
  function strings(name) {
    if (store[name]) return store[name];
    throw new Missing([name]);
  }
  // What is needed together is loaded together.
  function need(names) {
    names = names.filter(function (name) { return !store[name]; });
    if (names.length) throw new Missing(names);
  }
  function load(name) {
    if (store[name]) return Promise.resolve();
    if (!loading[name]) {
      loading[name] = new Promise(function (done, fail) {
        var file = search.parts[name] || index.files[name], script = document.createElement("script");
        if (!file) return fail(new Error("search index is damaged: " + name));
        script.src = search.root + "search/" + file;
        script.onload = function () { if (store[name]) done(); else fail(new Error("search index is damaged: " + file)); };
        script.onerror = function () { loading[name] = null; fail(new Error("search index is missing: " + file)); };
        document.head.appendChild(script);
      });
    }
    return loading[name];
  }
  // Runs work until nothing is missing: `work` gets a function that tries one part and remembers what it lacks.
  function complete(work) {
    var lacking = {};
    var attempt = function (part, otherwise) {
      try { return part(); } catch (error) {
        if (!(error instanceof Missing)) throw error;
        error.names.forEach(function (name) { lacking[name] = true; });
        return otherwise;
      }
    };
    var result = attempt(function () { return work(attempt); });
    var names = Object.keys(lacking);
    if (!names.length) return Promise.resolve(result);
    return Promise.all(names.map(load)).then(function () { return complete(work); });
  }

  // ---- Numbers

  function digit(code) { return code > 0x5C ? code - 0x22 : code > 0x22 ? code - 0x21 : code - 0x20; }
  // Reads numbers one behind the other.
  function Numbers(text, at) { this.text = text; this.at = at || 0; }
  Numbers.prototype.next = function () {
    var result = 0, scale = 1, value;
    while (this.at < this.text.length) {
      value = digit(this.text.charCodeAt(this.at++));
      if (value < 46) return result + value * scale;
      result += (value - 46) * scale;
      scale *= 46;
    }
    return result;
  };

  // ---- Words

  var word = /[\p{L}\p{N}]/u, mark = /\p{M}/u;
  function classify(c) { return word.test(c) ? 1 : mark.test(c) ? 2 : 0; }
  function isPlain(text) { return /^[a-z]*$/.test(text); }
  function bytes(text) {
    var n = 0, i, code;
    for (i = 0; i < text.length; i++) {
      code = text.charCodeAt(i);
      n += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xD800 && code < 0xE000 ? 2 : 3;
    }
    return n;
  }
  // Letters, not halves of them.
  function size(text) { return /^[\x00-\x7f]*$/.test(text) ? text.length : Array.from(text).length; }

  // Cuts text into tokens {role, text, run, position, from, to}; roles: 0 atom, 1 part, 2 joined, 3 whole.
  function scan(text) {
    var tokens = [], chars = Array.from(text), atoms = 0, run = 0, at = 0;
    var atom = "", cuts = [], last = 0, start = 0, joiners = [], runAtoms = [], offset = 0;
    var soft = { "-": 1, "_": 1, "'": 1 }, hard = { ".": 1, ":": 1, "/": 1, "@": 1, "\\": 1 };
    function isWord(c) { return c !== undefined && (c < "\x80" ? /[a-zA-Z0-9]/.test(c) : classify(c) === 1); }
    function push(role, value, position, from, to) {
      if (bytes(value) <= 64) tokens.push({ role: role, text: value, run: run, position: position, from: from, to: to });
    }
    function cut(kind) {
      if (!atom || !last) return;
      if (last === 2 && kind === 1) { if (atom.length > 1) cuts.push(atom.length - 1); } else cuts.push(atom.length);
    }
    function add(c, kind) {
      if (!atom) start = offset;
      if (last !== kind) cut(kind);
      last = kind;
      if (bytes(atom) < 64) atom += c;
    }
    function addWord(c) {
      if (!atom) start = offset;
      if (bytes(atom) >= 60) return;
      last = 1;
      var base = index.folding[c];
      if (c === "ä" || c === "ö" || c === "ü") umlaut = true;
      atom += base === undefined ? c : base;
    }
    var umlaut = false;
    function endAtom() {
      var position = atoms++, lower = 0;
      runAtoms.push({ text: atom, position: position, from: start });
      push(0, atom, position, start, offset);
      if (cuts.length && !umlaut) {
        cuts.concat(atom.length).forEach(function (end) {
          if (end <= lower) return;
          if (end - lower > 1) push(1, atom.slice(lower, end), position, start, offset);
          lower = end;
        });
      }
      atom = ""; cuts = []; last = 0; umlaut = false;
    }
    function endRun() {
      if (atom) endAtom();
      if (!runAtoms.length) return;
      if (runAtoms.length > 1 && runAtoms.length <= 12) {
        var whole = "", segment = 0, lower = 0;
        runAtoms.forEach(function (part, number) {
          if (number && !soft[joiners[number - 1]]) {
            if (number - segment > 1) push(2, whole.slice(lower), runAtoms[segment].position, runAtoms[segment].from, part.from - 1);
            whole += joiners[number - 1] === "\\" ? "/" : joiners[number - 1];
            segment = number; lower = whole.length;
          }
          whole += part.text;
        });
        if (runAtoms.length - segment > 1) push(2, whole.slice(lower), runAtoms[segment].position, runAtoms[segment].from, offset);
        if (segment) push(3, whole, runAtoms[0].position, runAtoms[0].from, offset);
      }
      runAtoms = []; joiners = []; run++;
    }
    for (at = 0; at < chars.length; offset += chars[at].length, at++) {
      var c = chars[at], code = c.codePointAt(0);
      if (code < 0x80) {
        if (code >= 0x61 && code <= 0x7A) add(c, 1);
        else if (code >= 0x41 && code <= 0x5A) add(c.toLowerCase(), 2);
        else if (code >= 0x30 && code <= 0x39) add(c, 3);
        else if (atom && (soft[c] || hard[c]) && isWord(chars[at + 1])) { endAtom(); joiners.push(c); }
        else endRun();
      } else if (code === 0x308) {
        if (/[aou]$/.test(atom)) umlaut = true;
      } else if (code === 0xAD || code >= 0x200B && code <= 0x200D || code === 0x2060 || code === 0xFEFF) {
        continue;
      } else if (code === 0x2019 && atom && isWord(chars[at + 1])) {
        endAtom(); joiners.push("'");
      } else {
        var kind = classify(c);
        if (kind === 0) endRun();
        if (kind === 1) Array.from(c.toLowerCase()).forEach(function (d) { if (classify(d) === 1) addWord(d); });
      }
    }
    endRun();
    return tokens;
  }
  function atomsOf(text) { return scan(text).filter(function (t) { return t.role === 0; }).map(function (t) { return t.text; }); }
  function folded(text) {
    var found = scan(text).filter(function (t) { return t.role !== 1; });
    return found.length ? found[found.length - 1].text : "";
  }
  function slug(text) {
    return Array.from(text).map(function (c) {
      return c === " " ? "-" : c === "-" || c === "_" || classify(c) ? c.toLowerCase() : "";
    }).join("");
  }

  // ---- The root

  function open() {
    if (index) return index;
    var root = strings("root"), numbers = root[0].split(" ").map(Number), list = function (text, by) { return text ? text.split(by) : []; };
    if (numbers[0] !== 2 || root.length !== 17) throw new Error("search index has another format");
    var set = function (text) { var made = new Set(); list(text, " ").forEach(function (w) { made.add(w); }); return made; };
    index = {
      pages: numbers[1], firstRetired: numbers[2], cards: numbers[3], passages: numbers[4], group: numbers[5],
      words: root[1].split("\t"), spellings: root[3].split("\t"), files: {},
      stop: set(root[10]), trouble: set(root[11]), telling: set(root[16]), endings: set(root[12]).add(""), folding: {}, kinds: [], headings: list(root[15], "\t")
    };
    if (!root[1]) index.words = [];
    if (!root[3]) index.spellings = [];
    [["v", 2], ["s", 4], ["x", 5], ["p", 6], ["c", 7], ["t", 8], ["f", 9]].forEach(function (pair) {
      for (var i = 0; (i + 1) * 5 <= root[pair[1]].length; i++) {
        index.files[pair[0] + i] = pair[0] + i + "-" + root[pair[1]].slice(i * 5, i * 5 + 5) + ".js";
      }
    });
    var rows = root[13].split("\t"), i;
    for (i = 0; i + 1 < rows.length; i += 2) Array.from(rows[i]).forEach(function (c) { index.folding[c] = rows[i + 1]; });
    rows = root[14].split("\t");
    for (i = 0; i + 3 < rows.length; i += 4) index.kinds.push({ id: rows[i], label: rows[i + 1], folder: rows[i + 2] });
    return index;
  }

  // ---- Vocabulary

  var wordShards = {};
  function wordShard(number) {
    if (wordShards[number]) return wordShards[number];
    var texts = strings("v" + number), words = [], references = [], last = "";
    texts[0].split("\t").forEach(function (part) {
      var blank = part.indexOf(" ", 1);
      if (blank < 0) return;
      last = last.slice(0, digit(part.charCodeAt(0))) + part.slice(1, blank);
      words.push(last);
      references.push(part.slice(blank + 1));
    });
    return wordShards[number] = { words: words, references: references, texts: texts[1].split("\t"), lists: {} };
  }
  // Words lie in the order of their bytes. That of JavaScript's strings is another where pairs of surrogates meet the last characters
  // before them.
  function isBefore(a, b) {
    for (var i = 0; i < a.length && i < b.length; i++) {
      var x = a.charCodeAt(i), y = b.charCodeAt(i);
      if (x !== y) return x >= 0xD800 && y >= 0xD800 && x < 0xE000 !== y < 0xE000 ? y < 0xE000 : x < y;
    }
    return a.length < b.length;
  }
  function lowerBound(words, text) {
    var lower = 0, upper = words.length, middle;
    while (lower < upper) {
      middle = (lower + upper) >> 1;
      if (isBefore(words[middle], text)) lower = middle + 1; else upper = middle;
    }
    return lower;
  }
  function lastNotAfter(firsts, text) {
    var lower = 0, upper = firsts.length, middle;
    while (lower < upper) {
      middle = (lower + upper) >> 1;
      if (isBefore(text, firsts[middle])) upper = middle; else lower = middle + 1;
    }
    return Math.max(0, lower - 1);
  }
  function find(text) {
    if (!index.words.length) return null;
    var number = lastNotAfter(index.words, text), shard = wordShard(number), at = lowerBound(shard.words, text);
    return shard.words[at] === text ? { word: text, shard: number, index: at } : null;
  }
  function beginningWith(text) {
    var found = [], number, turn, shard, at;
    if (!index.words.length) return found;
    number = lastNotAfter(index.words, text);
    for (turn = 0; turn < 2 && number < index.words.length; turn++) {
      shard = wordShard(number);
      for (at = lowerBound(shard.words, text); at < shard.words.length && shard.words[at].startsWith(text); at++) {
        found.push({ word: shard.words[at], shard: number, index: at });
      }
      number++;
      if (at < shard.words.length || number === index.words.length || !index.words[number].startsWith(text)) break;
    }
    return found;
  }
  // A reference: 0 a list of the word's own, 1 of related pages, 2 and 3 the same in another shard; from 4 on the list itself, of
  // one page or of two.
  function listsOf(place) {
    var text = wordShard(place.shard).references[place.index], numbers = new Numbers(text), lists = [], reference, home;
    while (numbers.at < text.length) {
      reference = digit(text.charCodeAt(numbers.at++));
      if (reference > 3) {
        lists.push(listOf(numbers, reference - 2 >> 1, 0, { isRelated: reference % 2 === 1, shard: place.shard, number: -1 }));
        if (reference % 2 === 0) {
          lists[lists.length - 1].followers = text.substr(numbers.at, reference - 2 >> 1);
          numbers.at += reference - 2 >> 1;
        }
        continue;
      }
      home = reference > 1 ? numbers.next() : place.shard;
      lists.push(listAt(home, numbers.next(), reference % 2 === 1));
    }
    return lists;
  }
  function listAt(home, number, isRelated) {
    var shard = wordShard(home);
    if (shard.lists[number]) return shard.lists[number];
    var numbers = new Numbers(shard.texts[number]), all = numbers.next();
    return shard.lists[number] = listOf(numbers, Infinity, all, { isRelated: isRelated, shard: home, number: number });
  }
  // Reads the pages of a list, up to the end of the text or so many.
  function listOf(numbers, count, all, list) {
    var text = numbers.text, n = 0, page = -1, value, most = Math.min(count, text.length / 3 + 1 | 0), strongest = 0;
    var pages = new Int32Array(most), impacts = new Uint8Array(most), classes = new Uint8Array(most), masks = new Uint8Array(most);
    while (n < count && numbers.at < text.length) {
      page += numbers.next() + 1;
      value = digit(text.charCodeAt(numbers.at));
      pages[n] = page; impacts[n] = value / 3 | 0; classes[n] = value % 3;
      masks[n] = digit(text.charCodeAt(numbers.at + 1));
      if (impacts[n] > strongest) strongest = impacts[n];
      numbers.at += 2; n++;
    }
    // A page that only mentions the word counts less than one that it is the title of.
    var standing = 0, least = strongest, i, share;
    for (i = 0; i < n; i++) {
      share = impacts[i] / strongest;
      standing += share * share;
      if (impacts[i] < least) least = impacts[i];
    }
    share = least / strongest;
    standing = strongest ? standing + Math.max(0, all - n) * share * share : all;
    list.rarity = rarity(standing, index.pages); list.isCut = all > 0; list.length = n; list.strongest = strongest;
    list.pages = pages; list.impacts = impacts; list.classes = classes; list.masks = masks;
    return list;
  }
  // How much a word tells pages apart. The logarithm by its series: the same to the last bit in every browser.
  function rarity(found, pages) {
    var value = 1 + (pages - found + 0.5) / (found + 0.5), exponent = 0, power, sum = 0, ratio, square, term;
    while (value > 1.5) { value /= 2; exponent++; }
    term = ratio = (value - 1) / (value + 1);
    square = ratio * ratio;
    for (power = 1; power < 20; power += 2) { sum += term / power; term *= square; }
    return 7 * (2 * sum + exponent * 0.693147180559945309);
  }
  // ---- What few queries need: slips, conditions, facets. It is loaded when one does.

  var further = null;
  function more() {
    return further = further || strings("more")({
      search: search, index: index, strings: strings, need: need, complete: complete, digit: digit, Numbers: Numbers, bytes: bytes, atomsOf: atomsOf,
      lastNotAfter: lastNotAfter, find: find, listsOf: listsOf, together: together, inflected: inflected, sharedPrefix: sharedPrefix
    });
  }
  search.part = function (name) { return load(name).then(function () { return store[name]; }); };
  search.facets = function (result) { return complete(function (attempt) { return more().facets(result, attempt); }); };

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
    if (!found.length && (way = more().spelled(text, 1))) found.push(way);
    if (!isKnown && !(found.length && found[0].reason === "spelling") && (way = compound(text))) found.push(way);
    if (!found.length && (way = more().spelled(text, 2))) found.push(way);
    return found;
  }
  function rarest(way) {
    var most = 0, sum = 0;
    way.rarities.forEach(function (rarity) { most = Math.max(most, rarity); sum += rarity; });
    return Math.min(91, most + 0.4 * (sum - most));
  }
  function unitOf(run, isLast) {
    var unit = { text: run.whole || run.atoms[0], ways: [], weight: 0, isStopword: false }, way, known;
    if (run.whole) {
      if ((way = exact(run.whole, "exact", 1))) unit.ways.push(way);
      if ((way = all(run.atoms, unit.ways.length ? KNOWN_PIECES : PIECES, isLast))) unit.ways.push(way);
    } else {
      unit.isStopword = index.stop.has(run.atoms[0]);
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
  function parse(text) {
    var chars = Array.from(text).slice(0, 2000), quotes = "\"\u201c\u201d\u201e\u00ab\u00bb", query = { runs: [], phrases: [], excluded: [], filters: [] };
    var chunk = "", at = 0, close;
    function append(tokens) {
      var found = [], last = -1;
      tokens.forEach(function (token) {
        if (token.run !== last) found.push({ whole: null, atoms: [], parts: [] });
        last = token.run;
        var run = found[found.length - 1];
        if (token.role === 0) run.atoms.push(token.text); else if (token.role === 1) run.parts.push(token.text); else run.whole = token.text;
      });
      found.forEach(function (run) {
        var key = JSON.stringify(run);
        if (query.runs.length < 32 && !query.runs.some(function (other) { return JSON.stringify(other) === key; })) query.runs.push(run);
      });
    }
    function addFilter(name, text) {
      name = folded(name);
      var value = Object.prototype.hasOwnProperty.call(FILTERS, name) ? atomsOf(text).join("-") : "";
      if (value) query.filters.push({ facet: FILTERS[name], value: value });
      return value !== "";
    }
    function add() {
      if (!chunk) return;
      var colon = chunk.indexOf(":"), tokens;
      if (colon >= 0 && addFilter(chunk.slice(0, colon), chunk.slice(colon + 1))) { chunk = ""; return; }
      tokens = scan(chunk);
      if (chunk[0] === "-" && chunk[1] !== "-" && tokens.length === 1 && bytes(tokens[0].text) > 2) query.excluded.push(tokens[0].text);
      else append(tokens);
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
      } else if (chars[at].codePointAt(0) <= 0x20 || chars[at] === "\xa0") {
        add();
        at++;
      } else {
        chunk += chars[at++];
      }
    }
    add();
    return query;
  }
  function isTrouble(query) {
    return query.runs.some(function (run) {
      return run.atoms.concat(run.parts).some(function (w) { return index.trouble.has(w); }) || run.atoms[0].length > 4 && run.atoms[0].startsWith("0x");
    });
  }

  // ---- Ranking

  var TROUBLE = [1, 1.05, 1.2], UNDERSTOOD = 0.2, RETIRED = 0.1, SCATTERED = 0.4, LEAST = 0.12;

  function Ranking(units) {
    var self = this;
    this.classes = new Uint8Array(index.pages);
    this.scores = [];
    this.masks = [];
    units.forEach(function (unit) {
      var score = new Float64Array(index.pages), mask = new Uint8Array(index.pages);
      unit.ways.forEach(function (way) {
        if (way.parts.length === 1) self.apply(way.parts[0], way.weight, score, mask); else self.applyAll(way, score, mask);
      });
      self.scores.push(score);
      self.masks.push(mask);
    });
    // A runbook that has another word of the query has the words for failing too: it is about that, in whatever words.
    units.forEach(function (unit, number) {
      if (!unit.isTrouble) return;
      var score = self.scores[number], page, isFound = function (scores, n) { return !units[n].isTrouble && !units[n].isStopword && scores[page] > 0; };
      for (page = 0; page < index.pages; page++) {
        if (self.classes[page] !== 2 || score[page] >= UNDERSTOOD || !self.scores.some(isFound)) continue;
        score[page] = UNDERSTOOD;
        self.masks[number][page] |= 1;
      }
    });
  }
  Ranking.prototype.apply = function (lists, weight, score, mask) {
    var n, i, list, factor, page, value, classes = this.classes;
    for (n = 0; n < lists.length; n++) {
      list = lists[n].list;
      factor = weight * lists[n].weight / 29;
      for (i = 0; i < list.length; i++) {
        page = list.pages[i];
        value = factor * list.impacts[i];
        if (value > score[page]) score[page] = value;
        mask[page] |= list.masks[i];
        classes[page] = list.classes[i];
      }
    }
  };
  Ranking.prototype.applyAll = function (way, score, mask) {
    var total = 0, sums = new Float64Array(index.pages), covered = new Float64Array(index.pages), self = this, page, value;
    var sections = new Uint8Array(index.pages);
    way.rarities.forEach(function (rarity) { total += rarity; });
    if (!(total > 0)) return;
    way.parts.forEach(function (part, number) {
      var own = new Float64Array(index.pages), rarity = way.rarities[number];
      self.apply(part, 1, own, sections);
      for (page = 0; page < own.length; page++) if (own[page] > 0) { sums[page] += rarity * own[page]; covered[page] += rarity; }
    });
    for (page = 0; page < sums.length; page++) {
      if (!(covered[page] > 0)) continue;
      if (score[page] === 0) mask[page] |= sections[page];
      value = way.weight * (sums[page] / total) * (covered[page] / total);
      if (value > score[page]) score[page] = value;
    }
  };
  Ranking.prototype.best = function (count, units, trouble, conditions) {
    var total = 0, n, page, bit, candidate, sum, got, part, partGot, value, best, coverage, score, most = 0, all = [], scores = this.scores, masks = this.masks;
    var phrases = conditions.phrases, filters = conditions.filters, excluded = conditions.excluded;
    for (n = 0; n < units.length; n++) total += units[n].weight;
    var kept = [], found = new Uint8Array(index.pages);
    if (!(total > 0)) return { pages: kept, total: 0, found: found };
    for (page = 0; page < index.pages; page++) {
      sum = got = 0;
      for (n = 0; n < units.length; n++) {
        if (scores[n][page] > 0) { sum += units[n].weight * scores[n][page]; got += units[n].weight; }
      }
      if (!(sum > 0) || phrases && !phrases[page] || filters && !filters[page] || excluded && excluded[page]) continue;
      bit = best = 0;
      for (candidate = 0; candidate < 6; candidate++) {
        part = partGot = 0;
        for (n = 0; n < units.length; n++) {
          if (masks[n][page] & (1 << candidate | 1)) { part += units[n].weight * scores[n][page]; partGot += units[n].weight; }
        }
        value = part * (partGot / total) * (partGot / total);
        if (value > best) { best = value; bit = candidate; }
      }
      coverage = got / total;
      score = best + SCATTERED * (sum * coverage * coverage - best);
      if (trouble) score *= TROUBLE[this.classes[page]];
      if (page >= index.firstRetired) score *= RETIRED;
      if (score > most) most = score;
      all.push({ page: page, score: score, bit: bit, coverage: coverage });
    }
    var least = most * LEAST, shown = 0;
    all.forEach(function (entry) {
      if (entry.score < least) return;
      shown++;
      found[entry.page] = 1;
      // The few best, kept in their order: pages come in theirs, so that the earlier of two equals stays ahead.
      if (kept.length === count && entry.score <= kept[count - 1].score) return;
      var at = kept.length;
      while (at > 0 && kept[at - 1].score < entry.score) at--;
      kept.splice(at, 0, entry);
      if (kept.length > count) kept.pop();
    });
    return { pages: kept, total: shown, found: found };
  };

  // ---- Hits

  function sectionsOf(bit, sections) {
    if (bit === 0) return [0];
    if (sections <= 6) return bit < sections ? [bit] : [];
    var others = sections - 1, from = 1 + Math.floor(((bit - 1) * others + 4) / 5), to = 1 + Math.floor((bit * others + 4) / 5), list = [];
    for (; from < to; from++) list.push(from);
    return list;
  }
  function sectionOf(bit, headings, units) {
    var sections = sectionsOf(bit, headings.length + 1), best = sections.length ? sections[0] : 0, most = 0;
    if (sections.length < 2) return best;
    sections.forEach(function (section) {
      var words = new Set(scan(headings[section - 1].text).map(function (t) { return t.text; })), weight = 0;
      units.forEach(function (unit) {
        if (unit.ways.some(function (way) { return way.words.some(function (w) { return words.has(w); }); })) weight += unit.weight;
      });
      if (weight > most) { most = weight; best = section; }
    });
    return best;
  }
  // The id that a title suggests: letters and digits of ASCII, umlauts spelled out, hyphens between.
  function usualID(title) {
    var spelled = { "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue", "ß": "ss" };
    return title.replace(/[äöüÄÖÜß]/g, function (c) { return spelled[c]; }).replace(/[^a-zA-Z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase();
  }
  function hitOf(ranked, units) {
    var fields = strings("c" + (ranked.page / index.cards | 0))[ranked.page % index.cards].split("\t"), headings = [], next = 9, i, code;
    var kind = index.kinds[digit(fields[0].charCodeAt(0))] || { id: "", label: "", folder: "" }, id = fields[2] || usualID(fields[1]);
    // Frequent headings are a digit; others stand behind, each with its anchor.
    for (i = 0; fields[8] && i < fields[8].length; i++) {
      code = digit(fields[8].charCodeAt(i));
      if (code < index.headings.length) headings.push({ text: index.headings[code], anchor: "" });
      else { headings.push({ text: fields[next] || "", anchor: fields[next + 1] || "" }); next += 2; }
    }
    var section = sectionOf(ranked.bit, headings, units), heading = section ? headings[section - 1] : { text: "", anchor: "" };
    var anchor = heading.anchor || slug(heading.text), address = fields[4] || kind.folder + "/" + id + ".html";
    return {
      id: id, title: fields[1], kind: kind.id, kindLabel: kind.label, url: anchor ? address + "#" + anchor : address,
      section: heading.text, score: ranked.score, retired: ranked.page >= index.firstRetired, statusLabel: ranked.page >= index.firstRetired ? search.words.retired : "",
      call: fields[6] ? { label: fields[5], tel: fields[6] } : undefined, customer: fields[7] || undefined,
      firstStep: undefined, page: ranked.page, number: section
    };
  }
  function marksOf(units) {
    var marks = [];
    units.forEach(function (unit) {
      if (unit.isStopword) return;
      [unit.text].concat.apply([unit.text], unit.ways.map(function (way) { return way.words.slice(0, 8); })).forEach(function (w) {
        if (marks.indexOf(w) < 0) marks.push(w);
      });
    });
    return marks;
  }
  function corrected(text, units) {
    var swaps = new Map();
    units.forEach(function (unit) {
      if (unit.ways[0].reason === "spelling") swaps.set(unit.text, unit.ways[0].words[0]);
    });
    if (!swaps.size) return null;
    return text.split(/\s+/).map(function (part) { return swaps.get(folded(part)) || part; }).join(" ");
  }

  search.query = function (text, options) {
    var limit = options && options.limit || 10;
    return Promise.resolve().then(function () {
      open();
      var query = parse(String(text)), units, conditions;
      // In three steps, so that nothing is loaded for an answer that is not complete yet.
      return complete(function (attempt) { return unitsOf(query, attempt); }).then(function (done) {
        units = done;
        if (!(query.phrases.length || query.filters.length || query.excluded.length)) return { phrases: null, filters: null, excluded: null };
        return complete(function (attempt) { return more().conditionsOf(query, attempt); });
      }).then(function (done) {
        conditions = done;
        var answer = answerOf(query, units, conditions, limit);
        return complete(function (attempt) {
          return {
            hits: answer.pages.map(function (ranked) { return attempt(function () { return hitOf(ranked, units); }); }),
            total: answer.total, marks: marksOf(units), corrected: corrected(String(text), units),
            weak: answer.isRelaxed || answer.pages.length > 0 && answer.pages[0].coverage < 0.5, found: answer.found
          };
        });
      });
    });
  };
  function answerOf(query, units, conditions, limit) {
    var answer, page;
    if (query.runs.length) {
      var ranking = new Ranking(units), trouble = isTrouble(query);
      answer = ranking.best(limit, units, trouble, conditions);
      if (!answer.total && conditions.phrases) {
        conditions.phrases = null;
        answer = ranking.best(limit, units, trouble, conditions);
        answer.isRelaxed = true;
      }
      return answer;
    }
    answer = { pages: [], total: 0, found: new Uint8Array(index.pages) };
    for (page = 0; conditions.filters && page < index.pages; page++) {
      if (!conditions.filters[page] || conditions.excluded && conditions.excluded[page]) continue;
      if (answer.pages.length < limit) answer.pages.push({ page: page, score: 1, bit: 0, coverage: 1 });
      answer.found[page] = 1;
      answer.total++;
    }
    return answer;
  }

  search.passages = function (result) {
    return complete(function (attempt) {
      result.hits.forEach(function (hit) {
        attempt(function () {
          var texts = (strings("t" + (hit.page / index.passages | 0))[hit.page % index.passages] || "").split("\t");
          hit.firstStep = texts[0] || undefined;
          hit.passage = texts[hit.number + 1] || "";
        });
      });
      return result;
    });
  };

  // Whether a word of a text is one that was looked for, or another form of it.
  function isMarked(text, marks) {
    return marks.some(function (sought) {
      if (text === sought) return true;
      var shared = sharedPrefix(text, sought);
      if (shared < 3) return false;
      if (shared === sought.length) return shared >= 4 || index.endings.has(text.slice(shared));
      return shared >= 4 && index.endings.has(text.slice(shared)) && index.endings.has(sought.slice(shared));
    });
  }
  search.pieces = function (text, marks) {
    open();
    var pieces = [], at = 0;
    function push(from, to, hit) { if (to > from) pieces.push({ text: text.slice(from, to), hit: hit }); }
    var hits = scan(text).filter(function (token) { return token.role !== 1 && isMarked(token.text, marks); });
    hits.sort(function (a, b) { return a.from - b.from || b.to - a.to; });
    hits.forEach(function (token) {
      if (token.from < at) return;
      push(at, token.from, false);
      push(token.from, token.to, true);
      at = token.to;
    });
    push(at, text.length, false);
    return pieces;
  };
})();
