// ---- Answers

search.query = (text, { limit = 10 } = {}) =>
  Promise.resolve().then(async () => {
    open();
    const query = new Query(String(text));
    // In three steps, so that nothing is loaded for an answer that is not complete yet.
    const units = await complete(attempt => reader.units(query, attempt));
    const hasConditions = query.phrases.length || query.filters.length || query.excluded.length;
    const conditions = hasConditions ? await complete(attempt => more().conditions(query, attempt)) : null;
    const found = await answer(query, units, conditions);
    const isFound = new Uint8Array(index.pageCount);
    for (const { page } of found) isFound[page] = 1;
    return complete(attempt => ({
      hits: found.slice(0, limit).map(ranked => attempt(() => hit(ranked, units))),
      total: found.length,
      found: isFound,
      units,
      marks: marksOf(units),
      corrected: corrected(String(text), units),
      isWeak: Boolean((conditions && conditions.wereDropped) || (found.length && found[0].coverage < 0.5))
    }));
  });

const answer = (query, units, conditions) => {
  const isAllowed = page => !conditions || conditions.allow(page);
  if (query.runs.length) {
    const ranking = new Ranking(units);
    const mood = moodOf(query);
    let found = ranking.best(mood, isAllowed);
    if (!found.length && conditions && conditions.phrases) {
      conditions.dropPhrases();
      found = ranking.best(mood, isAllowed);
    }
    return mood === "outage" ? complete(attempt => runbooksFirst(found, ranking, isAllowed, attempt)) : found;
  }
  // Conditions alone list the pages that fulfil them.
  const found = [];
  for (let page = 0; conditions && conditions.areSet && page < index.pageCount; page++) {
    if (conditions.allow(page)) found.push({ page, score: 1, own: 1, bit: 0, coverage: 1 });
  }
  return found;
};

// Puts the runbooks for an outage of the best system directly before it, and those for something else after it.
const runbooksFirst = (pages, ranking, isAllowed, attempt) => {
  const { outageReach, mostOutageRunbooks } = index.constants;
  const reach = pages.slice(0, outageReach);
  const place = reach.findIndex(({ page }) => ranking.classes[page] === 1 && page < index.firstRetired);
  if (place < 0) return pages;
  // The cards of these are shown anyway, so they are loaded together.
  const cards = reach.map(({ page }) => attempt(() => cardOf(page), []));
  const system = pages[place];
  const runbooks = outageRunbooksOf(cards[place]).filter(isAllowed);
  // Something else has what was named clearly better: no system is meant.
  const clearly = system.own * index.constants.outageNamed;
  if (pages.some(other => other.own > clearly && !runbooks.includes(other.page))) return pages;
  const before = [];
  const after = [];
  pages.slice(0, place).forEach((other, number) => {
    // For another system, and before this one only since runbooks are raised.
    const isOfAnother = runbooks.length > 0 && !runbooks.includes(other.page) && other.own < system.score;
    const kind = ranking.classes[other.page];
    const isForSomethingElse = cards[number].length > 9;
    if (kind !== 1 && ((kind === 2 && isOfAnother) || isForSomethingElse)) after.push(other);
    else before.push(other);
  });
  let count = before.filter(({ page }) => runbooks.includes(page)).length;
  for (const page of runbooks) {
    if (before.some(other => other.page === page) || count >= mostOutageRunbooks) continue;
    const known = pages.find(other => other.page === page);
    before.push({ ...(known || system), page, score: system.score });
    count++;
  }
  const lowered = after.map(other => ({ ...other, score: system.score }));
  const placed = new Set([...before, ...after].map(({ page }) => page));
  return [...before, system, ...lowered, ...pages.slice(place + 1).filter(({ page }) => !placed.has(page))];
};

// The runbooks to open when a system is down, as its card names them.
const outageRunbooksOf = card => {
  const text = new PackedText(card[9] || "");
  const pages = [];
  while (!text.isAtEnd) pages.push(text.number());
  return pages.filter(page => page < index.firstRetired);
};

// What a query is about: that something is out, or that something is wrong, in words or as an error code.
const moodOf = query => (reader.isOutage(query) ? "outage" : isTrouble(query) ? "trouble" : "calm");

const isTrouble = query => {
  const isSaid = query.runs.some(run => {
    const words = [...run.atoms, ...run.parts, run.whole];
    if (words.some(word => index.trouble.has(word) && !index.stopwords.has(word))) return true;
    return run.atoms[0].length > 4 && run.atoms[0].startsWith("0x");
  });
  return isSaid || reader.isBriefTrouble(query.runs.map(run => run.whole || run.atoms[0]));
};

// The words that are marked in what is shown.
const marksOf = units => {
  const marks = new Set();
  for (const unit of units.filter(unit => !unit.isStopword && unit.alternatives.length)) {
    marks.add(unit.text);
    // Where the word itself is known, longer ones that begin like it are another matter.
    const alternatives = unit.alternatives.filter(({ reason }) => !unit.isKnown || reason !== "prefix");
    for (const { words } of alternatives) words.slice(0, 8).forEach(word => marks.add(word));
  }
  return [...marks];
};

const corrected = (text, units) => {
  const swaps = new Map();
  for (const { text, alternatives } of units) {
    if (alternatives.length && alternatives[0].reason === "spelling") swaps.set(text, alternatives[0].words[0]);
  }
  if (!swaps.size) return null;
  return text
    .split(/\s+/)
    .map(part => swaps.get(folded(part)) || part)
    .join(" ");
};

// ---- Hits

// The id that a title suggests: letters and digits of ASCII, umlauts spelled out, hyphens for the rest.
const usualID = title => {
  const spelled = { ä: "ae", ö: "oe", ü: "ue", Ä: "ae", Ö: "oe", Ü: "ue", ß: "ss" };
  return title
    .replace(/[äöüÄÖÜß]/g, letter => spelled[letter])
    .replace(/[^a-zA-Z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
};

// The anchor that a heading suggests.
const slug = text => {
  const keeps = scalar => scalar === "-" || scalar === "_" || Folding.classify(scalar) !== "other";
  const letters = Array.from(text, scalar => (scalar === " " ? "-" : keeps(scalar) ? scalar.toLowerCase() : ""));
  return letters.join("");
};

const sectionsShard = page => "t" + Math.floor(page / index.sectionsPerShard);

// The fields of a page's string in a shard.
const fieldsOf = (letter, page, pagesPerShard) => {
  return (strings(letter + Math.floor(page / pagesPerShard))[page % pagesPerShard] || "").split("\t");
};

const cardOf = page => fieldsOf("c", page, index.cardsPerShard);

const hit = (ranked, units) => {
  const fields = cardOf(ranked.page);
  const kind = index.kinds[Packing.digit(fields[0].charCodeAt(0))] || { id: "", label: "", folder: "" };
  const id = fields[2] || usualID(fields[1]);
  const isRetired = ranked.page >= index.firstRetired;
  const hit = {
    id,
    // The usual one; another is in its sections.
    path: kind.folder + "/" + id + ".md",
    title: fields[1],
    kind: kind.id,
    kindLabel: kind.label,
    section: "",
    address: fields[3] || kind.folder + "/" + id + ".html",
    score: ranked.score,
    isRetired,
    statusLabel: isRetired ? search.words.retired : "",
    call: fields[5] && { name: fields[4], phone: fields[5], dialled: fields[7] },
    customerNumber: fields[6],
    outage: fields[8] && "down/" + id + (id === "index" ? "_" : "") + ".html",
    ranked
  };
  // Where the sections are there already, nobody waits for them.
  if (store[sectionsShard(ranked.page)]) addSection(hit, units);
  return hit;
};

// Adds the section that a hit leads to, its file, its passage, and the first step.
const addSection = (hit, units) => {
  if (hit.passage !== undefined) return;
  const { path, firstStep, headings, passages } = sectionsOf(hit.ranked.page);
  const number = sectionOf(hit.ranked.bit, headings, units);
  const heading = number ? headings[number - 1] : { text: "", anchor: "" };
  const anchor = heading.anchor || slug(heading.text);
  if (path) hit.path = path;
  hit.section = heading.text;
  if (anchor) hit.address += "#" + anchor;
  hit.firstStep = firstStep;
  hit.passage = passageOf(passages[number] || "", units);
};

// The sections of a page.
const sectionsOf = page => {
  const fields = fieldsOf("t", page, index.sectionsPerShard);
  // Frequent headings are a digit; others follow, each with its anchor.
  let next = 3;
  const headings = Array.from(fields[2] || "", code => {
    const text = index.headings[Packing.digit(code.charCodeAt(0))];
    if (text !== undefined) return { text, anchor: "" };
    next += 2;
    return { text: fields[next - 2] || "", anchor: fields[next - 1] || "" };
  });
  return { path: fields[0], firstStep: fields[1], headings, passages: fields.slice(next) };
};

// The section that a bit stands for: of several the one whose heading has the most words of the query.
const sectionOf = (bit, headings, units) => {
  const sections = SectionMask.sections(bit, headings.length + 1).filter(section => section <= headings.length);
  if (sections.length < 2) return sections[0] || 0;
  let best = sections[0];
  let most = 0;
  for (const section of sections) {
    const words = new Set(new TokenScanner(headings[section - 1].text).tokens.map(token => token.text));
    let weight = 0;
    for (const unit of units) {
      const isThere = unit.alternatives.some(alternative => alternative.words.some(word => words.has(word)));
      if (isThere) weight += unit.weight;
    }
    if (weight > most) [most, best] = [weight, section];
  }
  return best;
};

// The first of the passages that a hit may show that has the most of what is looked for.
const passageOf = (text, units) => {
  const pieces = text.split("\x1f");
  if (pieces.length === 1) return text;
  const marks = marksOf(units);
  let best = pieces[0];
  let most = -1;
  for (const piece of pieces) {
    const count = new Set(markedTokens(piece, marks).map(token => token.text)).size;
    if (count > most) [most, best] = [count, piece];
  }
  return best;
};

// Names the files of hits of one kind with one title.
const toldApart = hits => {
  const isTwin = (hit, other) => other && other !== hit && other.title === hit.title && other.kind === hit.kind;
  for (const hit of hits) if (hit && hits.some(other => isTwin(hit, other))) hit.file = hit.path;
};

search.passages = result =>
  complete(attempt => {
    for (const hit of result.hits) attempt(() => addSection(hit, result.units));
    toldApart(result.hits);
    return result;
  });

// ---- Marks

// Whether a word is one that was looked for, or another form of it.
const isForm = (word, sought) => {
  if (word === sought) return true;
  const shared = sharedPrefix(word, sought);
  if (shared < 3) return false;
  const isEnding = index.endings.has(word.slice(shared));
  if (shared === sought.length) return shared >= 4 || isEnding;
  return shared >= 4 && isEnding && index.endings.has(sought.slice(shared));
};

const markedTokens = (text, marks) =>
  new TokenScanner(text).tokens.filter(token => token.role !== "part" && marks.some(mark => isForm(token.text, mark)));

search.pieces = (text, marks) => {
  open();
  const pieces = [];
  let at = 0;
  const add = (from, to, isMarked) => {
    if (to > from) pieces.push({ text: text.slice(from, to), isMarked });
  };
  const tokens = markedTokens(text, marks).sort((left, right) => left.from - right.from || right.to - left.to);
  for (const { from, to } of tokens) {
    if (from < at) continue;
    add(at, from, false);
    add(from, to, true);
    at = to;
  }
  add(at, text.length, false);
  return pieces;
};
