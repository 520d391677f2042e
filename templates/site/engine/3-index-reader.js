// ---- The index

// Words are in the order of their bytes. That of JavaScript's strings is another where pairs of surrogates meet the last characters
// before them.
const precedes = (left, right) => {
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left.charCodeAt(i);
    const y = right.charCodeAt(i);
    if (x !== y) return x >= 0xd800 && y >= 0xd800 && x < 0xe000 !== y < 0xe000 ? y < 0xe000 : x < y;
  }
  return left.length < right.length;
};

// The first number up to a limit for which a test fails; it fails for all after it.
const firstFailing = (count, test) => {
  let lower = 0;
  let upper = count;
  while (lower < upper) {
    const middle = (lower + upper) >> 1;
    if (test(middle)) lower = middle + 1;
    else upper = middle;
  }
  return lower;
};

class IndexReader {
  // Reads the root: a string for each field, its name before a tab.
  constructor(root) {
    const fields = {};
    for (const field of root) {
      const tab = field.indexOf("\t");
      fields[field.slice(0, tab)] = field.slice(tab + 1);
    }
    if (fields.version !== "8") throw new Error("search index has another format");
    const list = (name, separator) => (fields[name] ? fields[name].split(separator) : []);
    const words = name => IndexReader.words(fields[name]);
    const pairs = (values, add) => values.forEach((value, i) => i % 2 && add(values[i - 1], value));
    this.pageCount = +fields.pageCount;
    this.firstRetired = +fields.firstRetired;
    this.cardsPerShard = +fields.cardsPerShard;
    this.sectionsPerShard = +fields.sectionsPerShard;
    this.shardsPerGroup = +fields.shardsPerGroup;
    this.constants = {};
    pairs(list("constants", " "), (name, number) => (this.constants[name] = +number));
    this.stopwords = new Set(words("stopwords"));
    this.telling = new Set(words("telling"));
    this.trouble = new Set([...this.telling, ...words("trouble")]);
    this.brief = new Set(words("brief"));
    this.asking = new Set(words("asking"));
    this.allowing = new Set(words("allowing"));
    this.outage = new Set(words("outage"));
    this.working = new Set(words("working"));
    this.negating = new Set(words("negating"));
    this.beside = new Set(words("beside"));
    this.endings = new Set(["", ...words("endings")]);
    this.links = ["", ...words("links")];
    this.particles = words("particles");
    this.infixes = words("infixes");
    this.countryCodes = new Set(fields.countryCodes.match(/../g));
    this.conditions = new Map();
    this.facets = list("conditions", "\t").map((names, facet) => {
      names.split(" ").forEach(name => this.conditions.set(name, facet));
      return names.split(" ")[0];
    });
    this.folding = {};
    pairs(list("folding", "\t"), (from, to) => Array.from(from).forEach(letter => (this.folding[letter] = to)));
    this.kinds = [];
    list("kinds", "\t").forEach((text, i, texts) => {
      if (i % 3 === 2) this.kinds.push({ id: texts[i - 2], label: texts[i - 1], folder: text });
    });
    this.headings = list("headings", "\t");
    this.wordFirsts = list("wordFirsts", "\t");
    this.spellingFirsts = list("spellingFirsts", "\t");
    this.files = {};
    for (const letter of "vsxpctfw") {
      const prints = fields[letter].match(/.{5}/g) || [];
      prints.forEach((print, number) => (this.files[letter + number] = letter + number + "-" + print + ".js"));
    }
    this.wordShards = {};
  }

  // Words, each as the number of letters that it shares with the one before it, and the rest.
  static words(text) {
    let last = "";
    return (text.match(/\d\D*/g) || []).map(part => (last = last.slice(0, part[0]) + part.slice(1)));
  }
  // Words of everyday language: right even where no page has them.
  get commonWords() {
    return (this.common = this.common || new Set(IndexReader.words(strings("w0")[0])));
  }

  // -- Words

  wordShard(number) {
    if (!this.wordShards[number]) {
      const [text, lists] = strings("v" + number);
      const shard = { words: [], references: [], texts: lists.split("\t"), lists: {} };
      let last = "";
      for (const part of text.split("\t")) {
        const space = part.indexOf(" ", 1);
        if (space < 0) continue;
        last = last.slice(0, Packing.digit(part.charCodeAt(0))) + part.slice(1, space);
        shard.words.push(last);
        shard.references.push(part.slice(space + 1));
      }
      this.wordShards[number] = shard;
    }
    return this.wordShards[number];
  }
  static lowerBound(shard, word) {
    return firstFailing(shard.words.length, place => precedes(shard.words[place], word));
  }
  static lastNotAfter(word, firsts) {
    return Math.max(0, firstFailing(firsts.length, number => !precedes(word, firsts[number])) - 1);
  }
  // A word as it is written.
  find(word) {
    if (!this.wordFirsts.length) return null;
    const number = IndexReader.lastNotAfter(word, this.wordFirsts);
    const shard = this.wordShard(number);
    const place = IndexReader.lowerBound(shard, word);
    return shard.words[place] === word ? { text: word, shard: number, place } : null;
  }
  // The words of a word's shard that begin with a beginning of it.
  wordsBeside(word, base) {
    const { words } = this.wordShard(word.shard);
    let place = word.place;
    while (place > 0 && words[place - 1].startsWith(base)) place--;
    const found = [];
    for (; place < words.length && words[place].startsWith(base); place++) {
      if (place !== word.place) found.push({ text: words[place], shard: word.shard, place });
    }
    return found;
  }
  // The words that begin with a text; those of two shards at most.
  wordsBeginningWith(text) {
    const found = [];
    const firsts = this.wordFirsts;
    let number = IndexReader.lastNotAfter(text, firsts);
    for (let turn = 0; turn < 2 && number < firsts.length; turn++) {
      const shard = this.wordShard(number);
      let place = IndexReader.lowerBound(shard, text);
      for (; place < shard.words.length && shard.words[place].startsWith(text); place++) {
        found.push({ text: shard.words[place], shard: number, place });
      }
      number++;
      if (place < shard.words.length || number === firsts.length || !firsts[number].startsWith(text)) break;
    }
    return found;
  }

  // -- Lists

  // The lists that a word finds.
  listsOf(word) {
    const text = new PackedText(this.wordShard(word.shard).references[word.place]);
    const lists = [];
    while (!text.isAtEnd) {
      const reference = text.digit();
      const isRelated = reference % 2 === Reference.related;
      if (reference >= Reference.inline) {
        const count = ((reference - Reference.inline) >> 1) + 1;
        const list = this.read({ shard: word.shard, isCut: false, isRelated }, text, count, 0);
        if (!isRelated) {
          list.followers = text.text.substr(text.at, count);
          text.at += count;
        }
        lists.push(list);
      } else {
        const home = reference >= Reference.foreign ? text.number() : word.shard;
        lists.push(this.list(home, text.number(), isRelated));
      }
    }
    return lists;
  }
  // A list of a shard.
  list(home, number, isRelated) {
    const shard = this.wordShard(home);
    if (!shard.lists[number]) {
      const text = new PackedText(shard.texts[number]);
      const all = text.number();
      shard.lists[number] = this.read({ shard: home, number, isCut: all > 0, isRelated }, text, Infinity, all);
    }
    return shard.lists[number];
  }
  // Reads the pages of a list, up to a number of them.
  read(list, text, most, all) {
    const size = Math.min(most, Math.floor(text.text.length / 3) + 1);
    const [impacts, classes, masks] = [0, 1, 2].map(() => new Uint8Array(size));
    const pages = new Int32Array(size);
    let [length, page, strongest] = [0, -1, 0];
    for (; length < most && !text.isAtEnd; length++) {
      pages[length] = page += text.number() + 1;
      const digit = text.digit();
      impacts[length] = digit / 3;
      classes[length] = digit % 3;
      masks[length] = text.digit();
      strongest = Math.max(strongest, impacts[length]);
    }
    Object.assign(list, { pages, impacts, classes, masks, length, strongest });
    list.rarity = this.rarity(IndexReader.weighedCount(list, all));
    return list;
  }
  // The number of pages with the word, where a page that only mentions it counts less than one that it is the title of.
  static weighedCount(list, all) {
    const { length, strongest, impacts } = list;
    if (!strongest) return all;
    let sum = 0;
    let least = strongest;
    for (let i = 0; i < length; i++) {
      const share = impacts[i] / strongest;
      sum += share * share;
      least = Math.min(least, impacts[i]);
    }
    const share = least / strongest;
    return sum + Math.max(0, all - length) * share * share;
  }
  // How much a word tells pages apart. The logarithm by its series: the same to the last bit in every browser.
  rarity(found) {
    let mantissa = 1 + (this.pageCount - found + 0.5) / (found + 0.5);
    let exponent = 0;
    while (mantissa > 1.5) {
      mantissa /= 2;
      exponent++;
    }
    const ratio = (mantissa - 1) / (mantissa + 1);
    const square = ratio * ratio;
    let term = ratio;
    let sum = 0;
    for (let power = 1; power < 20; power += 2) {
      sum += term / power;
      term *= square;
    }
    return this.constants.rarityScale * (2 * sum + exponent * 0.693147180559945309);
  }
}

const open = () => (index = index || new IndexReader(strings("root")));

// ---- What few queries need: forms of verbs, slips, conditions, facets. It is loaded when one does.

let further = null;
const more = () => {
  if (!further) {
    const make = strings("more");
    further = make({ index, reader, strings, need, Packing, PackedText, TokenScanner, IndexReader });
  }
  return further;
};
search.part = name => load(name).then(() => store[name]);
search.facets = result => complete(attempt => more().facets(result, attempt));
