// ---- What the words of a query may stand for

// The number of letters rather than halves of them.
const lengthOf = word => Array.from(word).length;

const sharedPrefix = (left, right) => {
  let length = 0;
  while (length < left.length && length < right.length && left[length] === right[length]) length++;
  return length;
};

// A word without the e of umlauts spelled out; null without any.
const contracted = word => {
  const result = word.replace(/([aou])e+/g, "$1");
  return result.length < word.length ? result : null;
};

// Whether a word is in a list, as it is or with its umlauts spelled out: "faellt".
const isIn = (word, list) => list.has(word) || list.has(contracted(word));

// Whether a word says that something is out: "hängt"; or with a negation that it works: "läuft nicht".
const saysOut = (word, isNegated) => isIn(word, index.outage) || (isNegated && isIn(word, index.working));

const isBeside = word => isIn(word, index.beside) || isIn(word, index.negating);

// Whether a word is one of everyday language, in any of its forms.
const isCommon = word => {
  const longest = Math.min(4, byteCount(word) - index.constants.shortestCommon);
  if (longest < 0) return index.commonWords.has(word);
  for (let cut = 0; cut <= longest; cut++) {
    const base = word.slice(0, word.length - cut);
    if (index.endings.has(word.slice(base.length)) && index.commonWords.has(base)) return true;
  }
  return false;
};

// Whether a piece of a run is a number that is everywhere: an address that no page has isn't found by its digits.
const isShortNumber = word => word.length < index.constants.shortestNumber && /^[0-9]*$/.test(word);

// A word of the query: alternatives {weight, parts, rarities, reason, words}, each part with lists and how much each counts.
class Unit {
  constructor(text) {
    this.text = text;
    this.alternatives = [];
    this.weight = 0;
    this.isStopword = index.stopwords.has(text);
    // The pages that are about what the word implies: a failure, or who can be asked.
    this.concept = null;
  }
  get isKnown() {
    return this.alternatives.some(alternative => alternative.reason === "exact");
  }
  get isJoined() {
    return this.alternatives.some(alternative => alternative.reason === "joined");
  }
  // Adds the word that it makes with its neighbours: what it stands for alone says less then, and it weighs as that word does.
  join(joined) {
    const { apart, joinedWeight } = index.constants;
    for (const alternative of this.alternatives) if (alternative.reason !== "joined") alternative.weight *= apart;
    this.alternatives.push(joined);
    if (!this.isStopword) this.weight = Math.max(this.weight, joinedWeight * joined.rarities[0]);
    if (this.weight === 0) this.weight = joined.rarities[0];
  }
  // Makes it a word that says nothing but what it implies.
  imply(concept, weight) {
    Object.assign(this, { alternatives: [], concept, weight, isStopword: false });
  }
  add(alternative) {
    if (alternative) this.alternatives.push(alternative);
    return alternative;
  }
}

class UnitReader {
  units(query, attempt) {
    const runs = query.runs;
    const { stopwordShare, troubleShare, mentioned, pastedMentioned } = index.constants;
    // What remains of the weight of a word that is in no title and no heading.
    this.mentioned = query.isPasted ? pastedMentioned : mentioned;
    // The words of a quoted message mean themselves.
    this.quoted = new Set(query.phrases.filter(words => words.length >= index.constants.shortestMessage).flat());
    const units = runs.map((run, number) => {
      return attempt(() => this.unit(run, number === runs.length - 1), new Unit(""));
    });
    this.joinNeighbours(units, runs, attempt);
    this.joinParticles(units, query, attempt);
    // A query of nothing but words that every sentence has means them.
    if (!units.every(unit => unit.isStopword || !unit.alternatives.length)) {
      for (const unit of units) {
        if (unit.isStopword) unit.weight *= stopwordShare;
        else if (index.trouble.has(unit.text)) unit.weight *= troubleShare;
      }
      attempt(() => this.understandTrouble(units));
      attempt(() => this.understandAsking(units));
    }
    // A word that is nowhere is missing from every page.
    for (const unit of units) {
      if (!unit.alternatives.length && !unit.weight && !unit.isStopword) unit.weight = index.constants.unknownRarity;
    }
    const found = units.filter(unit => unit.alternatives.length || unit.concept || !unit.isStopword);
    return this.isOutage(query) ? attempt(() => this.understandOutage(found, query), found) : found;
  }

  unit(run, isLast) {
    const unit = new Unit(run.whole || run.atoms[0]);
    const piecesShare = () => index.constants[unit.isKnown ? "knownPieces" : "pieces"];
    if (run.whole) {
      unit.add(this.exact(run.whole, "exact", 1, true));
      // "didn't" is one word, not a "t".
      const pieces = unit.isKnown ? run.atoms : run.atoms.filter(atom => !isShortNumber(atom));
      if (!unit.isStopword) unit.add(this.all(pieces, piecesShare(), isLast));
    } else {
      this.addAlternatives(unit, run.atoms[0], isLast, run.parts.length > 1 || this.quoted.has(run.atoms[0]));
      if (run.parts.length > 1) unit.add(this.all(run.parts, piecesShare(), false));
    }
    // The rarest of it: the word itself, else the best of what it may stand for.
    const isKnown = unit.isKnown;
    for (const alternative of unit.alternatives) {
      if (alternative.reason === "exact" || !isKnown) unit.weight = Math.max(unit.weight, this.weightOf(alternative));
    }
    return unit;
  }
  // How much an alternative tells pages apart: its rarest part, and a share of the others.
  weightOf(alternative) {
    let most = 0;
    let sum = 0;
    for (const rarity of alternative.rarities) {
      most = Math.max(most, rarity);
      sum += rarity;
    }
    return Math.min(index.constants.mostWeight, most + index.constants.otherParts * (sum - most));
  }

  // -- One word

  addAlternatives(unit, word, isLast, isName) {
    const found = unit.alternatives;
    const length = lengthOf(word);
    const short = contracted(word);
    unit.add(this.exact(word, "exact", 1, isName));
    if (unit.isStopword) return;
    if (found.length && !isName) unit.add(this.otherForms(word));
    if (!found.length && short) unit.add(this.exact(short, "umlaut", index.constants.umlaut));
    if (!found.length) unit.add(this.inflected(word));
    const isKnown = found.length > 0;
    if ((length >= index.constants.shortestStem && !isKnown) || (isLast && length >= 2)) {
      unit.add(this.prefixed(word, isKnown));
    }
    // Whatever comes now needs both.
    if (!found.length) need(["more", "w0"]);
    if (!found.length) unit.add(more().verb(word));
    // A word that everybody knows is no slip of another one.
    if (!found.length && isCommon(word)) return;
    // One slip in a long word is likelier than a new compound; two slips are not.
    if (!found.length) unit.add(more().spelled(word, 1));
    if (!isKnown && found.every(alternative => alternative.reason === "prefix")) unit.add(this.compound(word));
    if (!found.length) unit.add(more().half(word) || more().spelled(word, 2));
  }
  exact(word, reason, weight, isName) {
    const place = index.find(word);
    const lists = place ? index.listsOf(place) : [];
    if (!lists.length) return null;
    const related = this.relatedShare(lists, isName);
    const parts = [lists.map(list => ({ list, weight: list.isRelated ? related : 1 }))];
    return { weight, parts, rarities: [this.rarityOf(lists, isName)], reason, words: [word] };
  }
  // What pages count that have not the word but a relative of it: less where the word has pages that are about it.
  relatedShare(lists, isName) {
    const { relatedBeside, fullImpact } = index.constants;
    let strongest = 0;
    for (const list of lists) if (!list.isRelated) strongest = Math.max(strongest, list.strongest);
    if (isName && strongest > 0) return 0;
    return 1 - (1 - relatedBeside) * Math.min(1, strongest / fullImpact);
  }
  // The rarity of a word: that of its most frequent list of its own. A word that is in no title and no heading says less, however rare,
  // unless it is a name such as "gluon.core.domain".
  rarityOf(lists, isName) {
    const { fullImpact } = index.constants;
    const { mentioned } = this;
    let [own, related, strongest] = [1000, 1000, 0];
    const isWritten = lists.some(list => !list.isRelated);
    for (const list of lists) {
      if (list.isRelated) related = Math.min(related, list.rarity);
      else own = Math.min(own, list.rarity);
      if (list.isRelated !== isWritten) strongest = Math.max(strongest, list.strongest);
    }
    const rarity = own < 1000 ? own : related < 1000 ? related : 0;
    return isName ? rarity : rarity * (mentioned + (1 - mentioned) * Math.min(1, strongest / fullImpact));
  }
  // A word that only differs in its ending.
  inflected(word) {
    const length = lengthOf(word);
    const shortest = index.constants.shortestStem;
    if (length < shortest || length !== byteCount(word)) return null;
    for (let cut = 0; cut <= Math.min(4, length - shortest); cut++) {
      const base = word.slice(0, length - cut);
      if (!index.endings.has(word.slice(base.length))) continue;
      const words = index.wordsBeginningWith(base).filter(other => index.endings.has(other.text.slice(base.length)));
      if (words.length) return this.together(words, "inflection", () => index.constants.inflection);
    }
    return null;
  }
  // Other endings of a word that is there: an English word on a German page has no stem. Only those beside it, so that nothing is loaded.
  otherForms(word) {
    const { shortestForm, besideForms } = index.constants;
    const length = lengthOf(word);
    if (length < shortestForm || length !== byteCount(word)) return null;
    for (let cut = 0; cut <= 4; cut++) {
      const base = word.slice(0, length - cut);
      if (!index.endings.has(word.slice(base.length))) continue;
      const words = index.wordsBeside(index.find(word), base).filter(other => index.endings.has(other.text.slice(base.length)));
      if (words.length) return this.together(words, "inflection", () => besideForms);
    }
    return null;
  }
  // Words that begin with what was typed.
  prefixed(text, isKnown) {
    const { mostPrefixed, prefix, besideExact, farLonger } = index.constants;
    const words = index.wordsBeginningWith(text).filter(word => word.text !== text);
    if (words.length > mostPrefixed) {
      const compare = (left, right) => {
        return byteCount(left.text) - byteCount(right.text) || (precedes(left.text, right.text) ? -1 : 1);
      };
      words.sort(compare).length = mostPrefixed;
    }
    const share = isKnown ? prefix * besideExact : prefix;
    return this.together(words, "prefix", word => {
      return share * (farLonger + ((1 - farLonger) * byteCount(text)) / byteCount(word));
    });
  }
  // Several words that count as one.
  together(words, reason, weight) {
    const lists = [];
    let most = 0;
    for (const word of words) {
      const found = index.listsOf(word);
      most = Math.max(most, this.rarityOf(found));
      const related = this.relatedShare(found, false) * index.constants.relatedGuess;
      for (const list of found) lists.push({ list, weight: weight(word.text) * (list.isRelated ? related : 1) });
    }
    if (!lists.length) return null;
    const rarities = [most * (reason === "inflection" ? 1 : index.constants.guess)];
    return { weight: 1, parts: [lists], rarities, reason, words: words.map(word => word.text) };
  }

  // -- Several words

  // A compound that nobody wrote, as the two words that it is made of.
  compound(word) {
    const { shortestCompound, longestCompound, shortestPart } = index.constants;
    if (word.length < shortestCompound || word.length > longestCompound || !isLowercase(word)) return null;
    for (let cut = word.length - 3; cut >= 3; cut--) {
      for (const link of index.links.filter(link => word.slice(0, cut).endsWith(link))) {
        const head = word.slice(0, cut - link.length);
        const tail = word.slice(cut);
        if ([head, tail].some(part => part.length < shortestPart || index.stopwords.has(part))) continue;
        if ([head, tail].some(part => !index.find(part) && !this.inflected(part))) continue;
        const found = this.all([head, tail], index.constants.compound, false);
        if (found) return Object.assign(found, { reason: "compound" });
      }
    }
    return null;
  }
  // Several words at once.
  all(words, weight, isLast) {
    const { mostAtoms, unknownRarity, stopwordShare } = index.constants;
    const parts = [];
    const rarities = [];
    const found = [];
    words.slice(0, mostAtoms).forEach((word, number) => {
      const alternative = this.simple(word, isLast && number === words.length - 1);
      // A word that is nowhere still counts as missing.
      if (!alternative) {
        parts.push([]);
        rarities.push(unknownRarity);
        return;
      }
      parts.push(alternative.parts[0].map(({ list, weight }) => ({ list, weight: alternative.weight * weight })));
      rarities.push(alternative.rarities[0] * (index.stopwords.has(word) ? stopwordShare : 1));
      found.push(...alternative.words);
    });
    if (!parts.some(lists => lists.length)) return null;
    return { weight, parts, rarities, reason: "pieces", words: found };
  }
  // What a word of several may stand for, without being taken apart again.
  simple(word, isLast) {
    const canBePrefix = isLast || lengthOf(word) >= index.constants.shortestStem;
    return (
      this.exact(word, "exact", 1) ||
      this.inflected(word) ||
      (canBePrefix && this.prefixed(word, false)) ||
      more().spelled(word, 2)
    );
  }
  // Consecutive words that somewhere are written as one: "log in" finds "login".
  joinNeighbours(units, runs, attempt) {
    const { mostJoined, joined } = index.constants;
    for (let count = 2; count <= Math.max(2, mostJoined); count++) {
      for (let first = 0; first + count <= runs.length; first++) {
        const joining = runs.slice(first, first + count);
        const word = joining.map(run => run.atoms[0]).join("");
        if (joining.some(run => run.whole || byteCount(run.atoms[0]) < 2) || !isLowercase(word)) continue;
        const found = attempt(() => this.exact(word, "joined", joined), null);
        if (!found) continue;
        for (const unit of units.slice(first, first + count)) {
          unit.join(found);
        }
      }
    }
  }
  // A German verb whose particle stands at the end of its clause: "wie stelle ich das ein" finds "einstellen".
  joinParticles(units, { runs, clauseEnds }, attempt) {
    runs.forEach((run, last) => {
      const particle = run.atoms[0];
      const isEnd = last === runs.length - 1 || clauseEnds.has(last);
      if (run.whole || !isEnd || !index.particles.includes(particle)) return;
      for (let at = last - 1; at >= 0 && !clauseEnds.has(at); at--) {
        const verb = runs[at].atoms[0];
        if (runs[at].whole || units[at].isJoined || index.stopwords.has(verb) || lengthOf(verb) < index.constants.shortestStem) continue;
        const found = attempt(() => this.exact(particle + verb, "joined", 1) || this.inflected(particle + verb), null);
        if (!found) continue;
        units[at].join({ ...found, weight: index.constants.joined, reason: "joined" });
        return;
      }
    });
  }

  // -- What words imply

  // Whether words of every sentence say that something is wrong: in a query of few words one of them, in a longer one two.
  isBriefTrouble(words) {
    const count = words.filter(word => index.brief.has(word)).length;
    return words.length <= index.constants.mostBrief ? count > 0 : count > 1;
  }
  // Gives a word that says no more than that something fails the pages that are about a failure, in whatever words.
  understandTrouble(units) {
    const says = ({ text, isStopword }) => index.trouble.has(text) && !index.telling.has(text) && !isStopword;
    const saying = units.filter(says);
    const isBrief = !saying.length && this.isBriefTrouble(units.map(unit => unit.text));
    const brief = isBrief ? units.find(unit => index.brief.has(unit.text)) : null;
    const failing = saying.length || brief ? this.concept("#failing", index.constants.failing) : null;
    if (!failing) return;
    const weight = this.weightOf(failing) * index.constants.troubleShare;
    for (const unit of saying) {
      unit.concept = failing;
      unit.weight = Math.max(unit.weight, weight);
    }
    // "steht" says nothing else here.
    if (brief) brief.imply(failing, weight);
  }
  // Whether a query names something, and says no more than that it is out.
  isOutage(query) {
    const words = query.runs.map(run => run.whole || run.atoms[0]);
    const isNegated = this.isNegated(query);
    const names = words.filter(word => !saysOut(word, isNegated) && !isBeside(word));
    // "Wo steht der Drucker" asks for something else.
    if (!names.length || names.some(word => index.stopwords.has(word))) return false;
    return words.some(word => saysOut(word, isNegated));
  }
  // Whether a query says that something is not so.
  isNegated(query) {
    return query.runs.some(run => isIn(run.whole || run.atoms[0], index.negating));
  }
  // Leaves the name of what is out, where systems or runbooks have it: in whatever words somebody says it, it counts; beside it, a
  // little, that pages are about a failure.
  understandOutage(units, query) {
    const isNegated = this.isNegated(query);
    const named = units.filter(({ text }) => !saysOut(text, isNegated) && !isBeside(text));
    const isClassed = ({ list }) => list.classes.some(kind => kind > 0);
    const isNamed = ({ alternatives }) => alternatives.some(({ parts }) => parts.some(lists => lists.some(isClassed)));
    const { failing, troubleShare, outageFailing } = index.constants;
    const isMeant = named.some(isNamed);
    // Of pages without kinds "läuft nicht" asks for those about a failure: it says no more.
    const saying = units.find(({ text }) => (isMeant ? saysOut(text, isNegated) : isNegated && isIn(text, index.working)));
    const found = saying ? this.concept("#failing", failing) : null;
    if (!found) return isMeant ? named : units;
    saying.imply(found, this.weightOf(found) * troubleShare * (isMeant ? outageFailing : 1));
    return [...named, saying];
  }
  // Gives "who" the pages about people who can be asked; "who may" asks for something else.
  understandAsking(units) {
    const isAllowed = units.some(({ text }) => isIn(text, index.allowing));
    const unit = isAllowed ? null : units.find(unit => index.asking.has(unit.text));
    const answering = unit ? this.concept("#answering", index.constants.answering) : null;
    if (answering) unit.imply(answering, this.weightOf(answering));
  }
  // The pages that are about something.
  concept(word, share) {
    const found = this.exact(word, "concept", share);
    return found && Object.assign(found, { words: [] });
  }
}

const reader = new UnitReader();
