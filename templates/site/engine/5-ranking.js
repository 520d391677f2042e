// Which pages come first, and what is shown of them.

// ---- Ranking

var TROUBLE = [1, 1.05, 1.2], UNDERSTOOD = 0.2, RETIRED = 0.1, SCATTERED = 0.4, LEAST = 0.12, PRESENCE = 10;

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
function presence(score) { return score * PRESENCE < 1 ? score * PRESENCE : 1; }
Ranking.prototype.best = function (count, units, trouble, conditions) {
  var total = 0, n, page, bit, candidate, sum, got, there, part, partGot, value, best, covered, score, most = 0, all = [], scores = this.scores, masks = this.masks;
  var phrases = conditions.phrases, filters = conditions.filters, excluded = conditions.excluded;
  for (n = 0; n < units.length; n++) total += units[n].weight;
  var kept = [], found = new Uint8Array(index.pages);
  if (!(total > 0)) return { pages: kept, total: 0, found: found };
  for (page = 0; page < index.pages; page++) {
    sum = got = there = 0;
    for (n = 0; n < units.length; n++) {
      if (scores[n][page] > 0) { sum += units[n].weight * scores[n][page]; got += units[n].weight; there += units[n].weight * presence(scores[n][page]); }
    }
    if (!(sum > 0) || phrases && !phrases[page] || filters && !filters[page] || excluded && excluded[page]) continue;
    bit = best = 0;
    for (candidate = 0; candidate < 6; candidate++) {
      part = partGot = 0;
      for (n = 0; n < units.length; n++) {
        if (masks[n][page] & (1 << candidate | 1)) { part += units[n].weight * scores[n][page]; partGot += units[n].weight * presence(scores[n][page]); }
      }
      value = part * (partGot / total) * (partGot / total);
      if (value > best) { best = value; bit = candidate; }
    }
    covered = there / total;
    score = best + SCATTERED * (sum * covered * covered - best);
    if (trouble) score *= TROUBLE[this.classes[page]];
    if (page >= index.firstRetired) score *= RETIRED;
    if (score > most) most = score;
    all.push({ page: page, score: score, bit: bit, coverage: got / total });
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
  var fields = strings("c" + (ranked.page / index.cards | 0))[ranked.page % index.cards].split("\t");
  var kind = index.kinds[digit(fields[0].charCodeAt(0))] || { id: "", label: "", folder: "" }, id = fields[2] || usualID(fields[1]);
  var hit = {
    id: id, path: fields[3] || kind.folder + "/" + id + ".md", title: fields[1], kind: kind.id, kindLabel: kind.label,
    url: fields[4] || kind.folder + "/" + id + ".html", section: "", score: ranked.score, retired: ranked.page >= index.firstRetired,
    statusLabel: ranked.page >= index.firstRetired ? search.words.retired : "",
    call: fields[6] ? { label: fields[5], tel: fields[6] } : undefined, customer: fields[7] || undefined, ranked: ranked
  };
  // Where the sections are there already, nobody waits for them.
  if (store[sectionsShard(ranked.page)]) addSection(hit, units);
  return hit;
}
function sectionsShard(page) { return "t" + (page / index.passages | 0); }
// The section that a hit leads to, its passage, and the first step.
function addSection(hit, units) {
  if (hit.passage !== undefined) return;
  var fields = (strings(sectionsShard(hit.ranked.page))[hit.ranked.page % index.passages] || "").split("\t"), headings = [], next = 2, i, code;
  // Frequent headings are a digit; others follow, each with its anchor.
  for (i = 0; fields[1] && i < fields[1].length; i++) {
    code = digit(fields[1].charCodeAt(i));
    if (code < index.headings.length) headings.push({ text: index.headings[code], anchor: "" });
    else { headings.push({ text: fields[next] || "", anchor: fields[next + 1] || "" }); next += 2; }
  }
  var number = sectionOf(hit.ranked.bit, headings, units), heading = number ? headings[number - 1] : { text: "", anchor: "" };
  var anchor = heading.anchor || slug(heading.text);
  hit.section = heading.text;
  if (anchor) hit.url += "#" + anchor;
  hit.firstStep = fields[0] || undefined;
  hit.passage = passageOf(fields[next + number] || "", units);
}
// Of what a hit may show, parted by separators, the first that has the most of what is looked for.
function passageOf(text, units) {
  var pieces = text.split("\x1f"), marks = pieces.length > 1 && marksOf(units), best = pieces[0], most = -1;
  if (marks) pieces.forEach(function (piece) {
    var seen = new Set();
    scan(piece).forEach(function (token) { if (token.role !== 1 && isMarked(token.text, marks)) seen.add(token.text); });
    if (seen.size > most) { most = seen.size; best = piece; }
  });
  return best;
}
// Hits of one kind with one title also name their files.
function toldApart(hits) {
  hits.forEach(function (hit) {
    if (hit && hits.some(function (other) { return other && other !== hit && other.title === hit.title && other.kind === hit.kind; })) hit.file = hit.path;
  });
  return hits;
}
function marksOf(units) {
  var marks = [];
  units.forEach(function (unit) {
    if (unit.isStopword) return;
    // Where the word itself is known, longer ones that begin like it are another matter.
    var known = unit.ways.some(function (way) { return way.reason === "exact"; });
    var ways = unit.ways.filter(function (way) { return !known || way.reason !== "prefix"; });
    [unit.text].concat.apply([unit.text], ways.map(function (way) { return way.words.slice(0, 8); })).forEach(function (w) {
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
          hits: toldApart(answer.pages.map(function (ranked) { return attempt(function () { return hitOf(ranked, units); }); })),
          total: answer.total, units: units, marks: marksOf(units), corrected: corrected(String(text), units),
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
    result.hits.forEach(function (hit) { attempt(function () { addSection(hit, result.units); }); });
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
