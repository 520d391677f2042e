// search-more.js: what few queries need beside the engine: forms of verbs, halves of compounds, slips, conditions, facets. Loaded
// when one does, with the own functions of the engine.
kbSearch.put("more", core => {
  "use strict";
  const { index, reader, strings, need, Packing, PackedText, TokenScanner, IndexReader } = core;

  // ---- Verbs

  // A German verb with or without what separates its particle: "anlegen", "anzulegen" and "angelegt" are one word.
  const verb = word => {
    for (const form of verbFormsOf(word)) {
      const found = reader.exact(form, "inflection", index.constants.inflection) || reader.inflected(form);
      if (found) return found;
    }
    return null;
  };
  // Other forms of a verb, first those without "ge" or "zu", then those with it; their endings may still differ.
  const verbFormsOf = word => {
    // Forms of verbs end in n or t; other words are not tried.
    if (word.length < index.constants.shortestVerb || !/^[a-z]*[nt]$/.test(word)) return [];
    const without = [];
    const within = [];
    for (const particle of index.particles.filter(particle => word.startsWith(particle))) {
      const rest = word.slice(particle.length);
      const bare = [rest];
      for (const infix of index.infixes) {
        if (rest.length < 5 || !rest.startsWith(infix)) continue;
        bare.push(rest.slice(infix.length));
        without.push(particle + rest.slice(infix.length));
      }
      // "anzulegen" is "anlegen", and so it is "angelegt".
      for (const rest of bare) if (rest.length >= 3) within.push(...index.infixes.map(infix => particle + infix + rest));
    }
    const participle = index.infixes[0];
    if (word.length >= 6 && word.startsWith(participle)) without.push(word.slice(participle.length));
    return [...without, ...within, participle + word];
  };

  // Half of a compound: the longest beginning or end that is a word; the rest counts as missing.
  const half = word => {
    const { shortestHalf, longestCompound, unknownRarity, compound } = index.constants;
    if (word.length > longestCompound || !/^[a-z]*$/.test(word)) return null;
    for (let length = word.length - 3; length >= shortestHalf; length--) {
      for (const part of [word.slice(-length), word.slice(0, length)]) {
        const found = index.stopwords.has(part) ? null : reader.exact(part, "compound", compound);
        if (!found) continue;
        found.parts.push([]);
        found.rarities.push(unknownRarity);
        return found;
      }
    }
    return null;
  };

  // ---- Slips

  // A word of at most 32 characters, made ready to be compared with many others (Hyyrö 2003; see Sources/KBSource/AlignmentPattern.swift).
  class AlignmentPattern {
    constructor(word) {
      this.length = word.length;
      this.positions = {};
      for (let i = 0; i < word.length; i++) this.positions[word[i]] |= 1 << i;
    }
    // The distance to another word; null when it is more than a limit.
    distance(other, limit) {
      let distance = this.length;
      let left = other.length;
      if (Math.abs(distance - left) > limit) return null;
      const last = 1 << (this.length - 1);
      let [rises, falls, free, previous] = [-1, 0, 0, 0];
      for (let i = 0; i < other.length; i++) {
        const same = this.positions[other[i]] | 0;
        const swapped = ((~free & same) << 1) & previous;
        free = ((((same & rises) + rises) | 0) ^ rises) | same | falls | swapped;
        const up = falls | ~(free | rises);
        const down = free & rises;
        if (up & last) distance++;
        if (down & last) distance--;
        left--;
        // Each further character takes away one at most.
        if (distance - left > limit) return null;
        const shifted = (up << 1) | 1;
        rises = (down << 1) | ~(free | shifted);
        falls = shifted & free;
        previous = same;
      }
      return distance <= limit ? distance : null;
    }
  }

  const near = (word, candidates, limit) => {
    // Candidates have at most 32 characters.
    const pattern = word.length > 32 ? null : new AlignmentPattern(word);
    const found = [];
    for (const candidate of candidates) {
      const distance = pattern ? pattern.distance(candidate, limit) : new AlignmentPattern(candidate).distance(word, limit);
      if (distance !== null) found.push({ word: candidate, distance });
    }
    return found;
  };

  const spellingShards = {};
  const spellingShard = number => {
    let last = "";
    const read = part => (last = last.slice(0, Packing.digit(part.charCodeAt(0))) + part.slice(1));
    return (spellingShards[number] = spellingShards[number] || strings("s" + number)[0].split("\t").map(read));
  };
  // The numbers of the shards with the words that begin with a letter; without one, of all shards.
  const spellingNumbers = first => {
    const firsts = index.spellingFirsts;
    const lower = first ? IndexReader.lastNotAfter(first, firsts) : 0;
    const upper = first ? IndexReader.lastNotAfter(first + "\uffff", firsts) : firsts.length - 1;
    return firsts.map((_, number) => number).filter(number => number >= lower && number <= upper);
  };
  // The words that begin with a letter, as far as they can be corrected to.
  const spellingsBeginningWith = first => {
    const words = [].concat(...spellingNumbers(first).map(spellingShard));
    return first ? words.filter(word => word[0] === first) : words;
  };

  const sharedPrefix = (left, right) => {
    let length = 0;
    while (length < left.length && left[length] === right[length]) length++;
    return length;
  };
  // Words that what was typed may be a slip of.
  const spelled = (word, most) => {
    const { shortestSpelled, shortestTwice, mostSpellingShards, mostSpelled, spelling, twoSlips } = index.constants;
    const limit = Math.min(most, word.length < shortestSpelled ? 0 : word.length < shortestTwice ? 1 : 2);
    if (!limit || !/^[\x00-\x7f]*[a-z][\x00-\x7f]*$/.test(word)) return null;
    const firsts = [...new Set(word.slice(0, 2))];
    need([].concat(...firsts.map(spellingNumbers)).map(number => "s" + number));
    let best = [].concat(...firsts.map(first => near(word, spellingsBeginningWith(first), limit)));
    // A wrong first letter is rare: where all words are many files, it is not worth loading them.
    if (!best.length && index.spellingFirsts.length <= mostSpellingShards) {
      best = near(word, spellingsBeginningWith(""), limit);
    }
    const least = Math.min(...best.map(candidate => candidate.distance));
    best = best.filter(candidate => candidate.distance === least);
    const shared = candidate => sharedPrefix(candidate.word, word);
    best.sort((left, right) => shared(right) - shared(left) || (left.word < right.word ? -1 : 1));
    best = best.slice(0, mostSpelled);
    need(best.map(candidate => "v" + IndexReader.lastNotAfter(candidate.word, index.wordFirsts)));
    const words = best.map(candidate => index.find(candidate.word)).filter(Boolean);
    return reader.together(words, "spelling", () => (least > 1 ? twoSlips : spelling));
  };

  // ---- Conditions

  // The words that follow a word on a page, in a digit: the number of the only one, a bit for each of several, or 60 for none.
  const Follower = {
    numbers: 60,
    number: word => {
      let hash = 2166136261;
      for (const byte of new TextEncoder().encode(word)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
      return hash % Follower.numbers;
    },
    contains: (digit, number) => {
      return digit < Follower.numbers ? digit === number : ((digit - Follower.numbers) & (1 << number % 5)) !== 0;
    }
  };
  // The words that follow the word of a list of its own, on each of its pages: digits.
  const followersOf = list => {
    if (list.number === undefined) return list.followers;
    const texts = strings("p" + Math.floor(list.shard / index.shardsPerGroup));
    return texts[list.shard % index.shardsPerGroup].split("\t")[list.number];
  };
  // All pages of a list, also of one that was cut.
  const allPagesOf = list => {
    if (!list.isCut) return list.pages.slice(0, list.length);
    const texts = strings("x" + Math.floor(list.shard / index.shardsPerGroup));
    const places = new PackedText(texts[0]);
    for (let place = 1; !places.isAtEnd; place++) {
      const [shard, number] = [places.number(), places.number()];
      if (shard === list.shard && number === list.number) return completeList(texts[place]);
    }
    return [];
  };
  // Pages as numbers after a 0, or as six bits a digit after a 1.
  const completeList = string => {
    const text = new PackedText(string);
    const pages = [];
    const isBits = text.digit() === 1;
    let page = isBits ? 0 : -1;
    while (!text.isAtEnd) {
      if (isBits) {
        const digit = text.digit();
        for (let bit = 0; bit < 6; bit++, page++) if (digit & (1 << bit)) pages.push(page);
      } else {
        pages.push((page += text.number() + 1));
      }
    }
    return pages;
  };
  // The lists of a word, or when nobody wrote it so, those of its inflections.
  const formsOf = word => {
    const place = index.find(word);
    if (place) return index.listsOf(place);
    const inflected = reader.inflected(word);
    return inflected ? inflected.parts[0].map(entry => entry.list) : [];
  };

  const noPages = () => new Uint8Array(index.pageCount);
  const both = (left, right) => (left ? left.map((flag, page) => flag & right[page]) : right);
  const either = (left, right) => (left ? left.map((flag, page) => flag | right[page]) : right);

  class Conditions {
    constructor(query, attempt) {
      const pagesOf = filter => attempt(() => Conditions.pagesOfFilter(filter), noPages());
      const wanted = query.filters.filter(filter => !filter.isExcluded);
      this.phrases = query.phrases.map(phrase => attempt(() => Conditions.pagesOfPhrase(phrase), noPages())).reduce(both, null);
      // Of two kinds either will do; a kind and an owner are both wanted.
      this.filters = index.facets
        .map((_, facet) => wanted.filter(filter => filter.facet === facet).map(pagesOf).reduce(either, null))
        .filter(Boolean)
        .reduce(both, null);
      this.excluded = query.filters.filter(filter => filter.isExcluded).map(pagesOf).reduce(either, null) || noPages();
      this.wereDropped = false;
      for (const word of query.excluded) {
        attempt(() => {
          for (const list of formsOf(word).filter(list => !list.isRelated)) {
            for (const page of allPagesOf(list)) this.excluded[page] = 1;
          }
        });
      }
    }
    get areSet() {
      return Boolean(this.filters || this.phrases);
    }
    allow(page) {
      return (!this.phrases || this.phrases[page]) && (!this.filters || this.filters[page]) && !this.excluded[page];
    }
    // Takes phrases as words: nothing has them.
    dropPhrases() {
      this.phrases = null;
      this.wereDropped = true;
    }

    // The pages on which words follow each other, as far as the index knows.
    static pagesOfPhrase(phrase) {
      let found = noPages().fill(1);
      phrase.forEach((word, number) => {
        const here = noPages();
        const place = index.find(word);
        const next = number + 1 < phrase.length ? Follower.number(phrase[number + 1]) : null;
        for (const list of place ? index.listsOf(place).filter(list => !list.isRelated) : []) {
          const own = noPages();
          // The followers of a cut list are known only for the pages that are left.
          if (list.isCut) for (const page of allPagesOf(list)) own[page] = 1;
          // The last word may be followed by anything.
          const followers = next === null ? "" : followersOf(list);
          for (let i = 0; i < list.length; i++) {
            const mayFollow = next === null || Follower.contains(Packing.digit(followers.charCodeAt(i)), next);
            own[list.pages[i]] = mayFollow ? 1 : 0;
          }
          for (let page = 0; page < own.length; page++) here[page] |= own[page];
        }
        found = both(found, here);
      });
      return found;
    }
    // The pages with a value: named in full, or by some of its words.
    static pagesOfFilter(filter) {
      const found = noPages();
      let exact = null;
      const partial = [];
      for (const text of strings("f" + filter.facet)) {
        const [value, label, pages] = text.split("\t");
        for (const name of [value, label]) {
          const folded = new TokenScanner(name).atomTexts.join("-");
          if (folded === filter.value) exact = pages;
          if (("-" + folded).includes("-" + filter.value)) {
            partial.push(pages);
            break;
          }
        }
      }
      for (const text of exact === null ? partial : [exact]) for (const page of facetPages(text)) found[page] = 1;
      return found;
    }
  }

  // ---- Facets

  const facetPages = string => {
    const text = new PackedText(string);
    const pages = [];
    for (let page = 0; !text.isAtEnd; page++) pages.push((page += text.number()));
    return pages;
  };
  const facets = (result, attempt) =>
    ["kind", "system", "criticality", "status"].map(name => {
      const read = text => {
        const [value, label, pages] = text.split("\t");
        return { value, label, count: facetPages(pages).filter(page => result.found[page]).length };
      };
      const values = attempt(() => strings("f" + index.facets.indexOf(name)).map(read), []).filter(value => value.count);
      values.sort((left, right) => right.count - left.count || (left.label < right.label ? -1 : 1));
      return { name, label: name, values: values.slice(0, 24) };
    });

  return { verb, half, spelled, conditions: (query, attempt) => new Conditions(query, attempt), facets };
});
