// ---- The order of the pages

class Ranking {
  constructor(units) {
    const count = index.pageCount;
    this.units = units;
    this.classes = new Uint8Array(count);
    this.scores = units.map(() => new Float64Array(count));
    this.masks = units.map(() => new Uint8Array(count));
    this.weights = Float64Array.from(units, unit => unit.weight);
    // For the page that is weighed: what each unit adds, and how much it is there.
    this.shares = new Float64Array(units.length);
    this.presences = new Float64Array(units.length);
    // Each page asks for these.
    this.presenceFactor = index.constants.presenceFactor;
    this.scatteredShare = index.constants.scatteredShare;
    this.total = units.reduce((total, unit) => total + unit.weight, 0);
    units.forEach((unit, number) => {
      for (const alternative of unit.alternatives) {
        const [score, mask] = [this.scores[number], this.masks[number]];
        if (alternative.parts.length === 1) this.apply(alternative.parts[0], alternative.weight, score, mask);
        else this.applyAll(alternative, score, mask);
      }
    });
    this.addConcepts();
  }
  // Gives pages that are about what a word implies, and have another word of the query, that word too.
  addConcepts() {
    const { units, scores, masks } = this;
    const others = scores.filter((_, number) => !units[number].concept && !units[number].isStopword);
    units.forEach(({ concept }, number) => {
      if (!concept) return;
      const score = new Float64Array(index.pageCount);
      const mask = new Uint8Array(index.pageCount);
      this.apply(concept.parts[0], concept.weight, score, mask);
      for (let page = 0; page < score.length; page++) {
        if (!(score[page] > 0) || (others.length && !others.some(other => other[page] > 0))) continue;
        scores[number][page] = Math.max(scores[number][page], score[page]);
        masks[number][page] |= mask[page];
      }
    });
  }
  apply(lists, weight, score, mask) {
    for (const { list, weight: share } of lists) {
      const factor = (weight * share) / index.constants.strongest;
      for (let i = 0; i < list.length; i++) {
        const page = list.pages[i];
        const value = factor * list.impacts[i];
        if (value > score[page]) score[page] = value;
        mask[page] |= list.masks[i];
        this.classes[page] = list.classes[i];
      }
    }
  }
  // Several parts: their mean by rarity, times the share that is there.
  applyAll(alternative, score, mask) {
    const total = alternative.rarities.reduce((sum, rarity) => sum + rarity, 0);
    if (!(total > 0)) return;
    const sums = new Float64Array(index.pageCount);
    const covered = new Float64Array(index.pageCount);
    const sections = new Uint8Array(index.pageCount);
    alternative.parts.forEach((part, number) => {
      const own = new Float64Array(index.pageCount);
      const rarity = alternative.rarities[number];
      this.apply(part, 1, own, sections);
      for (let page = 0; page < own.length; page++) {
        if (!(own[page] > 0)) continue;
        sums[page] += rarity * own[page];
        covered[page] += rarity;
      }
    });
    for (let page = 0; page < sums.length; page++) {
      if (!(covered[page] > 0)) continue;
      // Where the whole is, its parts elsewhere say nothing about the section to read.
      if (score[page] === 0) mask[page] |= sections[page];
      const value = alternative.weight * (sums[page] / total) * (covered[page] / total);
      if (value > score[page]) score[page] = value;
    }
  }
  // The pages that are found, the best first.
  best(mood, isAllowed) {
    const { systemShare, runbookShare, outageSystemShare, outageRunbookShare, retiredShare, leastShare } = index.constants;
    const shares = { calm: [1, 1, 1], trouble: [1, systemShare, runbookShare], outage: [1, outageSystemShare, outageRunbookShare] };
    const classShares = shares[mood];
    const ranked = [];
    let most = 0;
    for (let page = 0; page < index.pageCount && this.total > 0; page++) {
      const found = this.weigh(page);
      if (!found || !isAllowed(page)) continue;
      found.score *= classShares[this.classes[page]];
      if (page >= index.firstRetired) found.score *= retiredShare;
      most = Math.max(most, found.score);
      ranked.push(found);
    }
    const least = most * leastShare;
    const kept = ranked.filter(entry => entry.score >= least);
    return kept.sort((left, right) => right.score - left.score || left.page - right.page);
  }
  // Weighs a page by all of it and by its best section; null when nothing of the query is there.
  weigh(page) {
    const { weights, scores, masks, total, shares, presences } = this;
    let sum = 0;
    let got = 0;
    let there = 0;
    for (let number = 0; number < weights.length; number++) {
      const score = scores[number][page];
      shares[number] = presences[number] = 0;
      if (!(score > 0)) continue;
      const weight = weights[number];
      shares[number] = weight * score;
      // How much a word is there: a mention in passing covers little of a query.
      presences[number] = weight * Math.min(1, score * this.presenceFactor);
      sum += shares[number];
      got += weight;
      there += presences[number];
    }
    if (!(sum > 0)) return null;
    // The best section, read with the head of the page.
    let bit = 0;
    let best = 0;
    for (let candidate = 0; candidate < 6; candidate++) {
      let part = 0;
      let partThere = 0;
      for (let number = 0; number < weights.length; number++) {
        if (masks[number][page] & ((1 << candidate) | 1)) {
          part += shares[number];
          partThere += presences[number];
        }
      }
      const share = partThere / total;
      const value = part * share * Math.sqrt(share);
      if (value > best) {
        best = value;
        bit = candidate;
      }
    }
    const covered = there / total;
    const score = best + this.scatteredShare * (sum * covered * covered - best);
    return { page, score, own: score, bit, coverage: got / total };
  }
}
