// search-more.js: what few queries need beside the engine: slips, conditions, facets. Loaded when one does, with the engine's
// own functions.
kbSearch.put("more", function (core) {
  "use strict";
  var index = core.index, strings = core.strings, need = core.need, digit = core.digit, Numbers = core.Numbers, bytes = core.bytes;
  var atomsOf = core.atomsOf, lastNotAfter = core.lastNotAfter, find = core.find, listsOf = core.listsOf, together = core.together;
  var inflected = core.inflected, sharedPrefix = core.sharedPrefix, spellingShards = {}, SPELLING = [1, 0.75, 0.55];

  // ---- Slips

  function letters(text) {
    var bits = 0, i;
    for (i = 0; i < text.length; i++) bits |= 1 << (text.charCodeAt(i) & 31);
    return bits;
  }
  function countBits(n) {
    n = n - (n >>> 1 & 0x55555555);
    n = (n & 0x33333333) + (n >>> 2 & 0x33333333);
    return ((n + (n >>> 4) & 0x0F0F0F0F) * 0x01010101) >>> 24;
  }
  function distance(left, right, limit) {
    if (Math.abs(left.length - right.length) > limit) return -1;
    var before = [], previous = [], current = [], i, j, cost, least, spare;
    for (j = 0; j <= right.length; j++) { before[j] = 0; previous[j] = j; current[j] = 0; }
    for (i = 1; i <= left.length; i++) {
      current[0] = least = i;
      for (j = 1; j <= right.length; j++) {
        cost = Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        current[j] = cost;
        if (cost < least) least = cost;
      }
      if (least > limit) return -1;
      spare = before; before = previous; previous = current; current = spare;
    }
    return previous[right.length] <= limit ? previous[right.length] : -1;
  }
  function near(text, candidates, limit) {
    var bits = letters(text), found = [];
    candidates.forEach(function (candidate) {
      if (Math.abs(candidate.length - text.length) > limit || countBits(letters(candidate) ^ bits) > 2 * limit) return;
      var d = distance(text, candidate, limit);
      if (d >= 0) found.push({ word: candidate, distance: d });
    });
    return found;
  }

  // The numbers of the shards with the words that begin with a letter.
  function spellingNumbers(first) {
    var numbers = [], number, upper;
    if (!index.spellings.length) return numbers;
    upper = first ? lastNotAfter(index.spellings, first + "\uffff") : index.spellings.length - 1;
    for (number = first ? lastNotAfter(index.spellings, first) : 0; number <= upper; number++) numbers.push(number);
    return numbers;
  }
  function spellings(first) {
    var words = [];
    spellingNumbers(first).forEach(function (number) {
      if (!spellingShards[number]) {
        var last = "";
        spellingShards[number] = strings("s" + number)[0].split("\t").map(function (part) {
          return last = last.slice(0, digit(part.charCodeAt(0))) + part.slice(1);
        });
      }
      words = words.concat(spellingShards[number]);
    });
    return first ? words.filter(function (w) { return w.charAt(0) === first; }) : words;
  }

  function spelled(text, most) {
    var length = bytes(text), limit = Math.min(most, length < 4 ? 0 : length < 8 ? 1 : 2), best, least = 9;
    if (!limit || length !== text.length || !/[a-z]/.test(text)) return null;
    need(spellingNumbers(text[0]).concat(spellingNumbers(text[1])).map(function (n) { return "s" + n; }));
    best = near(text, spellings(text[0]), limit);
    if (text[1] !== text[0]) best = best.concat(near(text, spellings(text[1]), limit));
    // A wrong first letter is rare: where all words are many files, it is not worth loading them.
    if (!best.length && index.spellings.length <= 8) best = near(text, spellings(""), limit);
    best.forEach(function (b) { least = Math.min(least, b.distance); });
    best = best.filter(function (b) { return b.distance === least; });
    best.sort(function (a, b) { return sharedPrefix(b.word, text) - sharedPrefix(a.word, text) || (a.word < b.word ? -1 : 1); });
    best = best.slice(0, 6);
    need(best.map(function (b) { return "v" + lastNotAfter(index.words, b.word); }));
    best = best.map(function (b) { return find(b.word); }).filter(Boolean);
    return best.length ? together(best, "spelling", function () { return SPELLING[least]; }) : null;
  }

  // ---- Conditions

  // What stands behind a word, in a digit: the number of the only follower, a bit for each of several, or 60 for none.
  function followerNumber(text) {
    var hash = 2166136261, i, utf8 = unescape(encodeURIComponent(text));
    for (i = 0; i < utf8.length; i++) hash = Math.imul(hash ^ utf8.charCodeAt(i), 16777619) >>> 0;
    return hash % 60;
  }
  function mayFollow(code, number) { return code < 60 ? code === number : (code - 60 & 1 << number % 5) !== 0; }
  function phrasePages(phrase) {
    var found = new Uint8Array(index.pages).fill(1);
    phrase.forEach(function (text, number) {
      var here = new Uint8Array(index.pages), place = find(text), next = number + 1 < phrase.length ? followerNumber(phrase[number + 1]) : -1;
      (place ? listsOf(place) : []).forEach(function (list) {
        if (list.isRelated) return;
        var own = new Uint8Array(index.pages), i;
        if (list.isCut) eachPage(list, function (page) { own[page] = 1; });
        // Behind the last word may stand anything.
        var behind = next < 0 ? "" : followersOf(list);
        for (i = 0; i < list.length; i++) own[list.pages[i]] = next < 0 || mayFollow(digit(behind.charCodeAt(i)), next) ? 1 : 0;
        for (i = 0; i < own.length; i++) here[i] |= own[i];
      });
      for (var page = 0; page < found.length; page++) found[page] &= here[page];
    });
    return found;
  }
  function hasWords(text, part) {
    for (var start = 0; start + part.length <= text.length; start++) {
      if ((start === 0 || text[start - 1] === "-") && text.startsWith(part, start)) return true;
    }
    return false;
  }
  function facetPages(text, each) {
    var numbers = new Numbers(text), page = 0;
    while (numbers.at < text.length) { page += numbers.next(); each(page); page++; }
  }
  function facetParts(text) {
    var first = text.indexOf("\t"), second = text.indexOf("\t", first + 1);
    return { value: text.slice(0, first), label: text.slice(first + 1, second), pages: text.slice(second + 1) };
  }
  function filterPages(filter) {
    var flags = new Uint8Array(index.pages), whole = null, partial = [];
    strings("f" + filter.facet).forEach(function (text) {
      var parts = facetParts(text), isIn = false;
      [parts.value, parts.label].forEach(function (name) {
        if (isIn) return;
        name = atomsOf(name).join("-");
        if (name === filter.value) whole = parts.pages;
        if (hasWords(name, filter.value)) { partial.push(parts.pages); isIn = true; }
      });
    });
    (whole !== null ? [whole] : partial).forEach(function (text) { facetPages(text, function (page) { if (page < flags.length) flags[page] = 1; }); });
    return flags;
  }
  function both(left, right) {
    return left ? left.map(function (flag, i) { return flag & right[i]; }) : right;
  }
  function conditionsOf(query, attempt) {
    var made = { phrases: null, filters: null, excluded: null };
    query.phrases.forEach(function (phrase) { made.phrases = both(made.phrases, attempt(function () { return phrasePages(phrase); }, new Uint8Array(index.pages))); });
    // Of two kinds either will do; a kind and an owner are both wanted.
    [0, 1, 2, 3, 4, 5].forEach(function (facet) {
      var either = null;
      query.filters.forEach(function (filter) {
        if (filter.facet !== facet || filter.not) return;
        var pages = attempt(function () { return filterPages(filter); }, new Uint8Array(index.pages));
        either = either ? either.map(function (flag, i) { return flag | pages[i]; }) : pages;
      });
      if (either) made.filters = both(made.filters, either);
    });
    query.filters.forEach(function (filter) {
      if (!filter.not) return;
      var pages = attempt(function () { return filterPages(filter); }, new Uint8Array(index.pages));
      made.excluded = made.excluded ? made.excluded.map(function (flag, i) { return flag | pages[i]; }) : pages;
    });
    query.excluded.forEach(function (text) {
      attempt(function () {
        made.excluded = made.excluded || new Uint8Array(index.pages);
        formsOf(text).forEach(function (list) {
          if (!list.isRelated) eachPage(list, function (page) { made.excluded[page] = 1; });
        });
      });
    });
    return made;
  }
  // What stands behind the word of a list on each of its pages: digits.
  function followersOf(list) {
    if (list.number < 0) return list.followers;
    return strings("p" + (list.shard / index.group | 0))[list.shard % index.group].split("\t")[list.number];
  }
  // All pages of a list, also of one that was cut.
  function eachPage(list, each) {
    if (!list.isCut) { for (var i = 0; i < list.length; i++) each(list.pages[i]); return; }
    var texts = strings("x" + (list.shard / index.group | 0)), meta = new Numbers(texts[0]), place = 1, page = -1, numbers;
    while (meta.at < texts[0].length) {
      var shard = meta.next(), number = meta.next();
      if (shard === list.shard && number === list.number) {
        // Pages as numbers behind a 0, or as six bits a digit behind a 1.
        numbers = new Numbers(texts[place], 1);
        if (texts[place][0] === " ") while (numbers.at < texts[place].length) each(page += numbers.next() + 1);
        else for (number = 0; number < (texts[place].length - 1) * 6; number++) {
          if (digit(texts[place].charCodeAt(1 + number / 6)) & 1 << number % 6) each(number);
        }
        return;
      }
      place++;
    }
  }
  // The lists of a word, or when nobody wrote it so, those of its inflections.
  function formsOf(text) {
    var place = find(text), way = place ? null : inflected(text);
    return place ? listsOf(place) : way ? way.parts[0].map(function (entry) { return entry.list; }) : [];
  }

  // ---- Facets

  function facets(result, attempt) {
    var names = ["kind", "status", "criticality", "system"];
    return ["kind", "system", "criticality", "status"].map(function (name) {
      var values = attempt(function () {
        return strings("f" + names.indexOf(name)).map(function (text) {
          var parts = facetParts(text), count = 0;
          facetPages(parts.pages, function (page) { count += result.found[page] || 0; });
          return { value: parts.value, label: parts.label, count: count };
        });
      }, []);
      values = values.filter(function (v) { return v.count; }).sort(function (a, b) { return b.count - a.count || (a.label < b.label ? -1 : 1); });
      return { name: name, label: name, values: values.slice(0, 24) };
    });
  }

  return { spelled: spelled, conditionsOf: conditionsOf, facets: facets };
});
