// The reader of the search index in a browser. Its twin is Sources/KBSearch: types, functions and variables have the same names
// there, do the same in the same order, and a test compares the two. The files of this folder are joined, in the order of their
// names, inside one function, and become search.js together with search-pages.js; what few queries need is in search-more.js.

const search = (window.kbSearch = window.kbSearch || {});
const store = {};
const loading = {};
let index = null;

// A shard of the index registers its strings here.
search.put = (name, strings) => {
  store[name] = strings;
};

// ---- Shards

// Thrown where a shard is needed that is not there yet; the query is answered again when it is.
class Missing {
  constructor(names) {
    this.names = names;
  }
}

const strings = name => {
  if (!store[name]) throw new Missing([name]);
  return store[name];
};

// Loads together what is needed together.
const need = names => {
  const missing = names.filter(name => !store[name]);
  if (missing.length) throw new Missing(missing);
};

const load = name => {
  if (store[name]) return Promise.resolve();
  if (!loading[name]) {
    loading[name] = new Promise((done, fail) => {
      const file = search.parts[name] || index.files[name];
      if (!file) return fail(new Error("search index is damaged: " + name));
      const script = document.createElement("script");
      script.src = search.root + "search/" + file;
      script.onload = () => (store[name] ? done() : fail(new Error("search index is damaged: " + file)));
      script.onerror = () => {
        loading[name] = null;
        fail(new Error("search index is missing: " + file));
      };
      document.head.appendChild(script);
    });
  }
  return loading[name];
};

// Runs work until nothing is missing: it gets a function that tries one part and remembers what it lacks.
const complete = work => {
  const missing = new Set();
  const attempt = (part, otherwise) => {
    try {
      return part();
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      error.names.forEach(name => missing.add(name));
      return otherwise;
    }
  };
  const result = attempt(() => work(attempt));
  if (!missing.size) return Promise.resolve(result);
  return Promise.all([...missing].map(load)).then(() => complete(work));
};

// ---- Packing

const Packing = {
  base: 46,
  digit: code => (code > 0x5c ? code - 0x22 : code > 0x22 ? code - 0x21 : code - 0x20)
};

// A text of packed numbers and digits, read from its beginning.
class PackedText {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }
  get isAtEnd() {
    return this.at >= this.text.length;
  }
  digit() {
    return Packing.digit(this.text.charCodeAt(this.at++));
  }
  number() {
    let result = 0;
    let scale = 1;
    while (!this.isAtEnd) {
      const digit = this.digit();
      if (digit < Packing.base) return result + digit * scale;
      result += (digit - Packing.base) * scale;
      scale *= Packing.base;
    }
    return result;
  }
}

// The parts of a page that a word is in: bit 0 for the head, five more for the sections.
const SectionMask = {
  sections: (bit, count) => {
    if (bit === 0) return [0];
    if (count <= 6) return [bit];
    const others = count - 1;
    const first = 1 + Math.floor(((bit - 1) * others + 4) / 5);
    const end = 1 + Math.floor((bit * others + 4) / 5);
    return Array.from({ length: end - first }, (_, number) => first + number);
  }
};

// The digit before a list of a word: which pages it has, and where it is.
const Reference = { related: 1, foreign: 2, inline: 4 };
