// ---- Letters and bytes

const Folding = {
  classify: scalar =>
    /[\p{L}\p{N}]/u.test(scalar) || index.folding[scalar] ? "word" : /\p{M}/u.test(scalar) ? "mark" : "other",
  // The ASCII character of a full-width form, of a letter or digit of mathematics, in a circle, of a hyphen or a slash; any other
  // scalar as it is.
  narrow: scalar => {
    const code = scalar.codePointAt(0);
    const letter = number => String.fromCharCode(number < 26 ? 65 + number : 71 + number);
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
    if (code >= 0x1d400 && code <= 0x1d6a3) return letter((code - 0x1d400) % 52);
    if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
    if (code >= 0x24b6 && code <= 0x24e9) return letter(code - 0x24b6);
    if (code >= 0x2460 && code <= 0x2468) return String(code - 0x245f);
    if (code === 0x2010 || code === 0x2011 || code === 0x2212) return "-";
    if (code === 0x2044 || code === 0x2215) return "/";
    return scalar;
  }
};

const isLowercase = text => /^[a-z]*$/.test(text);

// The number of bytes in UTF-8.
const byteCount = text => {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    count += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return count;
};

// ---- Words

// Characters that hold a run together: true for those that join words, false for those that separate names.
const joiners = { "-": true, _: true, "'": true, ".": false, ":": false, "/": false, "@": false, "\\": false };

// Cuts text into tokens: role, text, run, and its place from and to.
class TokenScanner {
  constructor(text) {
    this.tokens = [];
    this.run = 0;
    this.place = 0;
    this.beginAtom();
    this.beginRun();
    this.scan(Array.from(text));
  }
  beginAtom() {
    this.atom = "";
    this.cuts = [];
    this.last = "";
    this.hasUmlaut = false;
  }
  beginRun() {
    this.runAtoms = [];
    this.joiners = [];
  }

  scan(scalars) {
    scalars.forEach((written, number) => {
      const scalar = written < "\x80" ? written : Folding.narrow(written);
      const next = scalars[number + 1];
      if (scalar >= "a" && scalar <= "z") this.add(scalar, "lower");
      else if (scalar >= "A" && scalar <= "Z") this.add(scalar.toLowerCase(), "upper");
      else if (scalar >= "0" && scalar <= "9") this.add(scalar, "digit");
      else if (scalar >= "\x80") this.addScalar(scalar, next);
      else if (this.atom && scalar in joiners && TokenScanner.isWord(next)) this.endAtom(scalar);
      else this.endRun();
      this.place += written.length;
    });
    this.endRun();
  }
  add(letter, kind) {
    if (!this.atom) this.start = this.place;
    if (this.last !== kind) this.markCut(kind);
    this.last = kind;
    if (byteCount(this.atom) < index.constants.longestWord) this.atom += letter;
  }
  // Notes where a part of a name begins.
  markCut(kind) {
    const length = this.atom.length;
    if (!length || !this.last) return;
    if (this.last !== "upper" || kind !== "lower") this.cuts.push(length);
    else if (length > 1) this.cuts.push(length - 1);
  }
  addScalar(scalar, next) {
    const code = scalar.codePointAt(0);
    if (code === 0x308) {
      if (/[aou]$/.test(this.atom)) this.hasUmlaut = true;
    } else if (code === 0x2019 && this.atom && TokenScanner.isWord(next)) {
      this.endAtom("'");
    } else if (![0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0xff9e, 0xff9f].includes(code)) {
      const kind = Folding.classify(scalar);
      if (kind === "other") this.endRun();
      const fraction = index.folding[scalar];
      if (fraction && fraction.includes("/")) this.addFraction(scalar, fraction);
      else if (kind === "word") {
        for (const lower of scalar.toLowerCase()) if (Folding.classify(lower) === "word") this.addWord(lower);
      }
    }
  }
  // Adds a fraction in one character as two numbers and the slash between them.
  addFraction(scalar, text) {
    this.endRun();
    const [from, to] = [this.place, this.place + scalar.length];
    for (const letter of text) {
      this.place = letter === "/" ? to : from;
      if (letter === "/") this.endAtom("/");
      else this.add(letter, "digit");
    }
    this.place = to;
    this.endRun();
    this.place = from;
  }
  addWord(scalar) {
    if (!this.atom) this.start = this.place;
    if (byteCount(this.atom) >= index.constants.longestWord - 4) return;
    this.last = "lower";
    if (/[äöü]/.test(scalar)) this.hasUmlaut = true;
    this.atom += index.folding[scalar] || scalar;
  }
  endAtom(joiner) {
    this.runAtoms.push({ text: this.atom, from: this.start });
    this.append("atom", this.atom, this.start, this.place);
    if (this.cuts.length && !this.hasUmlaut) {
      let lower = 0;
      for (const cut of [...this.cuts, this.atom.length]) {
        if (cut - lower > 1) this.append("part", this.atom.slice(lower, cut), this.start, this.place);
        if (cut > lower) lower = cut;
      }
    }
    if (joiner) this.joiners.push(joiner);
    this.beginAtom();
  }
  endRun() {
    if (this.atom) this.endAtom();
    if (!this.runAtoms.length) return;
    if (this.runAtoms.length > 1 && this.runAtoms.length <= index.constants.mostAtoms) this.appendRun();
    this.beginRun();
    this.run++;
  }
  // Adds the segments that words are joined to, and the whole.
  appendRun() {
    const atoms = this.runAtoms;
    let whole = "";
    let segment = 0;
    let lower = 0;
    const endSegment = (number, to) => {
      if (number - segment > 1) this.append("joined", whole.slice(lower), atoms[segment].from, to);
    };
    atoms.forEach((atom, number) => {
      const joiner = this.joiners[number - 1];
      if (number && !joiners[joiner]) {
        endSegment(number, atom.from - 1);
        whole += joiner === "\\" ? "/" : joiner;
        segment = number;
        lower = whole.length;
      }
      whole += atom.text;
    });
    endSegment(atoms.length, this.place);
    if (segment) this.append("whole", whole, atoms[0].from, this.place);
  }
  append(role, text, from, to) {
    if (byteCount(text) <= index.constants.longestWord) this.tokens.push({ role, text, run: this.run, from, to });
  }

  get atomTexts() {
    return this.tokens.filter(token => token.role === "atom").map(token => token.text);
  }
  // Whether a word goes on with a character.
  static isWord(scalar) {
    return scalar !== undefined && (scalar < "\x80" ? /[a-zA-Z0-9]/.test(scalar) : Folding.classify(scalar) === "word");
  }
}

// A word as it is compared.
const folded = word => {
  const tokens = new TokenScanner(word).tokens.filter(token => token.role !== "part");
  return tokens.length ? tokens[tokens.length - 1].text : "";
};

// ---- Phone numbers

// A phone number as it is written: as it is dialled within its country, and where the text goes on; null for any other text.
const writtenNumber = (scalars, start) => {
  const isSign = scalar => " -/().\xa0\u2013".includes(scalar);
  let at = start;
  if (scalars[at] === "(") at++;
  const hasPlus = scalars[at] === "+";
  if (hasPlus) at++;
  if (!hasPlus && scalars[at] !== "0") return null;
  let digits = "";
  let firstGroup = 0;
  let end = at;
  for (; at < scalars.length; at++) {
    const scalar = scalars[at];
    if (scalar >= "0" && scalar <= "9") {
      // The zero in parentheses is dialled only without the country code.
      const isOptional = scalar === "0" && at > start && scalars[at - 1] === "(" && scalars[at + 1] === ")";
      if (!isOptional || !(hasPlus || digits.startsWith("00"))) digits += scalar;
      if (digits.length > 15) return null;
      end = at + 1;
    } else if (isSign(scalar)) {
      firstGroup = firstGroup || digits.length;
      let next = at;
      while (next < scalars.length && isSign(scalars[next])) next++;
      // A whole number and a space may be followed by another.
      const isSpaced = scalars.slice(at, next).some(sign => sign === " " || sign === "\xa0");
      if (digits.length > 6 && isSpaced && (scalars[next] === "0" || scalars[next] === "+")) break;
    } else {
      break;
    }
  }
  // It ends where a word ends: "06717847-b" is none.
  if (end < scalars.length && scalars[end] > " " && !/[),.;:!?"'\xa0\u2000-\u206f]/.test(scalars[end])) return null;
  firstGroup = firstGroup || digits.length;
  const hasZeros = !hasPlus && digits.startsWith("00");
  if (!hasPlus && !hasZeros) return digits.length > 6 && firstGroup > 2 ? { national: digits, end } : null;
  if (hasZeros) digits = digits.slice(2);
  if (digits.length <= 8 || digits[0] === "0") return null;
  const codeLength = /^[17]/.test(digits) ? 1 : index.countryCodes.has(digits.slice(0, 2)) ? 2 : 3;
  return { national: "0" + digits.slice(codeLength), end };
};
