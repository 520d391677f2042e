// What finds pages in the index, first part: its files, loaded as they are needed, and the numbers in them. The twin of
// Sources/KBSearch: what it does, in which order, and with which numbers is written there, and a test compares the two. The files of
// this folder are joined, in the order of their names, inside one function, and with search-pages.js they become search.js; what few
// queries need is in search-more.js.

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
// Runs work until nothing is missing: it gets a function that tries one part and remembers what it lacks.
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
