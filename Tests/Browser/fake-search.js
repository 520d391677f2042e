// A stand-in for the engine: the tests write it before search.js, so that what they show does not depend on an index.
// Its records are in `window.kbFake`; a query finds those whose words hold one of its own.
(function () {
  var search = window.kbSearch = window.kbSearch || {};
  // Sections and what leads to them come with the passages.
  function early(hit) {
    return Object.assign({}, hit, { section: "", address: hit.address.split("#")[0], later: { section: hit.section, address: hit.address } });
  }
  var fake = {
    query: function (text, options) {
      window.kbAsked = (window.kbAsked || []).concat(text);
      if (/kaputt/.test(text)) return Promise.reject(new Error("the index is <b>missing</b>"));
      var words = text.toLowerCase().replace(/\S+:\S+/g, " ").match(/[^\s"]+/g) || [], kinds = text.match(/kind:\S+/g) || [];
      var found = window.kbFake.filter(function (hit) {
        var all = (hit.title + " " + hit.section + " " + hit.words).toLowerCase();
        return (!kinds.length || kinds.indexOf("kind:" + hit.kind) >= 0) && (!words.length || words.some(function (w) { return all.indexOf(w) >= 0; }));
      });
      var answer = { hits: found.slice(0, options.limit).map(early), total: found.length, marks: words, corrected: /korigirt/.test(text) ? "korrigiert" : null, isWeak: false };
      answer.all = found;
      // The slower of two answers is the older one.
      return new Promise(function (done) { setTimeout(function () { done(answer); }, /langsam$/.test(text) ? 400 : 5); });
    },
    passages: function (result) {
      result.hits.forEach(function (hit) { Object.assign(hit, hit.later, { passage: hit.words }); });
      return new Promise(function (done) { setTimeout(function () { done(result); }, 20); });
    },
    facets: function (result) {
      var counts = {};
      result.all.forEach(function (hit) { counts[hit.kind] = { value: hit.kind, label: hit.kindLabel, count: (counts[hit.kind] || { count: 0 }).count + 1 }; });
      return Promise.resolve([{ name: "kind", label: "Art", values: Object.keys(counts).map(function (k) { return counts[k]; }) }, { name: "status", label: "Status", values: [] }]);
    },
    pieces: function (text, marks) {
      var pieces = [], rest = text;
      while (rest) {
        var at = -1, length = 0;
        marks.forEach(function (m) { var i = rest.toLowerCase().indexOf(m); if (i >= 0 && (at < 0 || i < at)) { at = i; length = m.length; } });
        if (at < 0) { pieces.push({ text: rest, isMarked: false }); break; }
        if (at) pieces.push({ text: rest.slice(0, at), isMarked: false });
        pieces.push({ text: rest.slice(at, at + length), isMarked: true });
        rest = rest.slice(at + length);
      }
      return pieces;
    }
  };
  Object.keys(fake).forEach(function (name) { Object.defineProperty(search, name, { get: function () { return fake[name]; }, set: function () {} }); });
})();
