// ---- The query

const quotes = '"\u201c\u201d\u201e\u00ab\u00bb';

// A query, taken apart: runs {whole, atoms, parts}, phrases, words that are excluded, and filters {facet, value, isExcluded}.
class Query {
  constructor(text) {
    this.runs = [];
    this.phrases = [];
    this.excluded = [];
    this.filters = [];
    // Words with a hyphen before them, as long as they may also be switches of a pasted command.
    this.switches = [];
    // Whether something was pasted that is not a sentence: a command, a path, an address.
    this.isPasted = false;
    // The numbers of runs with a comma or another mark behind them.
    this.clauseEnds = new Set();
    this.read(Array.from(text).slice(0, index.constants.longestQuery));
    // A word after a hyphen in a pasted command or message belongs to it; typed, "-word" leaves pages out.
    for (const scanner of this.switches) {
      if (this.isPasted) this.append(scanner);
      else this.excluded.push(scanner.tokens[0].text);
    }
  }
  read(scalars) {
    let at = 0;
    let chunk = "";
    while (at < scalars.length) {
      const scalar = scalars[at];
      const canBeQuoted = quotes.includes(scalar) && (!chunk || chunk.endsWith(":"));
      const close = canBeQuoted ? scalars.findIndex((other, place) => place > at && quotes.includes(other)) : -1;
      const number = !chunk && close <= at + 1 && writtenNumber(scalars, at);
      if (close > at + 1) {
        const quoted = scalars.slice(at + 1, close).join("");
        if (!this.addFilter(chunk.slice(0, -1), quoted)) {
          this.add(chunk);
          this.addPhrase(quoted);
        }
        chunk = "";
        at = close + 1;
      } else if (number) {
        this.addNumber(number.national, scalars.slice(at, number.end).join(""));
        at = number.end;
      } else if (scalar <= " " || scalar === "\xa0") {
        this.add(chunk);
        chunk = "";
        at++;
      } else {
        chunk += scalar;
        at++;
      }
    }
    this.add(chunk);
  }

  // Whether a text without spaces is written by a machine, or for one: "m.muster", "$true", "C:\\Windows".
  static looksPasted(text) {
    return /[$(){}=|;_\\]/.test(text) || /[a-zA-Z0-9][.:\/](?=[a-zA-Z0-9])/.test(text);
  }
  // A phone number is looked for as it is dialled, whatever its groups are.
  addNumber(national, text) {
    const atoms = new TokenScanner(text).atomTexts;
    this.addRun({ whole: atoms.length === 1 && atoms[0] === national ? null : national, atoms, parts: [] });
  }
  addPhrase(text) {
    const scanner = new TokenScanner(text);
    if (scanner.atomTexts.length > 1) this.phrases.push(scanner.atomTexts);
    this.append(scanner);
  }
  // Takes a name and a value as a condition, if they are one.
  addFilter(name, text) {
    const facet = index.conditions.get(folded(name));
    const value = facet === undefined ? "" : new TokenScanner(text).atomTexts.join("-");
    if (value) this.filters.push({ facet, value, isExcluded: name[0] === "-" });
    return value !== "";
  }
  add(chunk) {
    if (!chunk) return;
    const colon = chunk.indexOf(":");
    if (colon >= 0 && this.addFilter(chunk.slice(0, colon), chunk.slice(colon + 1))) return;
    const scanner = new TokenScanner(chunk);
    const tokens = scanner.tokens;
    // "-word" leaves pages out; a switch of a pasted command does not.
    if (/^-(?!-)/.test(chunk)) {
      if (/[a-z][A-Z]/.test(chunk)) {
        this.isPasted = true;
      } else if (!/^-[0-9]*$/.test(chunk) && tokens.length === 1 && byteCount(tokens[0].text) > 2) {
        this.switches.push(scanner);
        return;
      }
    }
    if (Query.looksPasted(chunk)) this.isPasted = true;
    this.append(scanner);
    if (/[,.;:!?]$/.test(chunk)) this.clauseEnds.add(this.runs.length - 1);
  }
  append(scanner) {
    const found = [];
    let last = -1;
    for (const token of scanner.tokens) {
      if (token.run !== last) found.push({ whole: null, atoms: [], parts: [] });
      last = token.run;
      const run = found[found.length - 1];
      if (token.role === "atom") run.atoms.push(token.text);
      else if (token.role === "part") run.parts.push(token.text);
      else run.whole = token.text;
    }
    found.forEach(run => this.addRun(run));
  }
  addRun(run) {
    const isEqual = other => JSON.stringify(other) === JSON.stringify(run);
    if (this.runs.length < index.constants.mostRuns && !this.runs.some(isEqual)) this.runs.push(run);
  }
}
