// The words of the index, and the lists of pages that they are on.

// ---- The root

function open() {
  if (index) return index;
  var root = strings("root"), numbers = root[0].split(" ").map(Number), list = function (text, by) { return text ? text.split(by) : []; };
  if (numbers[0] !== 4 || root.length !== 17) throw new Error("search index has another format");
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
