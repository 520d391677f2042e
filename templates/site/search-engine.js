// search-engine.js: finds hits. Joined with search-pages.js into search.js; it gives `kbSearch` its functions.
(function () {
  "use strict";
  var search = window.kbSearch;
  var missing = function () { return Promise.reject(new Error("search index is missing")); };
  search.query = search.passages = search.facets = missing;
  search.pieces = function (text) { return [{ text: text, hit: false }]; };
})();
