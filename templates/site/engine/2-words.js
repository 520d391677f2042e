// How a text is cut into words.

// ---- Words

var word = /[\p{L}\p{N}]/u, mark = /\p{M}/u;
function classify(c) { return word.test(c) ? 1 : mark.test(c) ? 2 : 0; }
function isPlain(text) { return /^[a-z]*$/.test(text); }
function bytes(text) {
  var n = 0, i, code;
  for (i = 0; i < text.length; i++) {
    code = text.charCodeAt(i);
    n += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xD800 && code < 0xE000 ? 2 : 3;
  }
  return n;
}
// Letters, not halves of them.
function size(text) { return /^[\x00-\x7f]*$/.test(text) ? text.length : Array.from(text).length; }

// Cuts text into tokens {role, text, run, position, from, to}; roles: 0 atom, 1 part, 2 joined, 3 whole.
function scan(text) {
  var tokens = [], chars = Array.from(text), atoms = 0, run = 0, at = 0;
  var atom = "", cuts = [], last = 0, start = 0, joiners = [], runAtoms = [], offset = 0;
  var soft = { "-": 1, "_": 1, "'": 1 }, hard = { ".": 1, ":": 1, "/": 1, "@": 1, "\\": 1 };
  function isWord(c) { return c !== undefined && (c < "\x80" ? /[a-zA-Z0-9]/.test(c) : classify(c) === 1); }
  function push(role, value, position, from, to) {
    if (bytes(value) <= 64) tokens.push({ role: role, text: value, run: run, position: position, from: from, to: to });
  }
  function cut(kind) {
    if (!atom || !last) return;
    if (last === 2 && kind === 1) { if (atom.length > 1) cuts.push(atom.length - 1); } else cuts.push(atom.length);
  }
  function add(c, kind) {
    if (!atom) start = offset;
    if (last !== kind) cut(kind);
    last = kind;
    if (bytes(atom) < 64) atom += c;
  }
  function addWord(c) {
    if (!atom) start = offset;
    if (bytes(atom) >= 60) return;
    last = 1;
    var base = index.folding[c];
    if (c === "ä" || c === "ö" || c === "ü") umlaut = true;
    atom += base === undefined ? c : base;
  }
  var umlaut = false;
  function endAtom() {
    var position = atoms++, lower = 0;
    runAtoms.push({ text: atom, position: position, from: start });
    push(0, atom, position, start, offset);
    if (cuts.length && !umlaut) {
      cuts.concat(atom.length).forEach(function (end) {
        if (end <= lower) return;
        if (end - lower > 1) push(1, atom.slice(lower, end), position, start, offset);
        lower = end;
      });
    }
    atom = ""; cuts = []; last = 0; umlaut = false;
  }
  function endRun() {
    if (atom) endAtom();
    if (!runAtoms.length) return;
    if (runAtoms.length > 1 && runAtoms.length <= 12) {
      var whole = "", segment = 0, lower = 0;
      runAtoms.forEach(function (part, number) {
        if (number && !soft[joiners[number - 1]]) {
          if (number - segment > 1) push(2, whole.slice(lower), runAtoms[segment].position, runAtoms[segment].from, part.from - 1);
          whole += joiners[number - 1] === "\\" ? "/" : joiners[number - 1];
          segment = number; lower = whole.length;
        }
        whole += part.text;
      });
      if (runAtoms.length - segment > 1) push(2, whole.slice(lower), runAtoms[segment].position, runAtoms[segment].from, offset);
      if (segment) push(3, whole, runAtoms[0].position, runAtoms[0].from, offset);
    }
    runAtoms = []; joiners = []; run++;
  }
  for (at = 0; at < chars.length; offset += chars[at].length, at++) {
    var c = chars[at], code = c.codePointAt(0);
    if (code < 0x80) {
      if (code >= 0x61 && code <= 0x7A) add(c, 1);
      else if (code >= 0x41 && code <= 0x5A) add(c.toLowerCase(), 2);
      else if (code >= 0x30 && code <= 0x39) add(c, 3);
      else if (atom && (soft[c] || hard[c]) && isWord(chars[at + 1])) { endAtom(); joiners.push(c); }
      else endRun();
    } else if (code === 0x308) {
      if (/[aou]$/.test(atom)) umlaut = true;
    } else if (code === 0xAD || code >= 0x200B && code <= 0x200D || code === 0x2060 || code === 0xFEFF) {
      continue;
    } else if (code === 0x2019 && atom && isWord(chars[at + 1])) {
      endAtom(); joiners.push("'");
    } else {
      var kind = classify(c);
      if (kind === 0) endRun();
      if (kind === 1) Array.from(c.toLowerCase()).forEach(function (d) { if (classify(d) === 1) addWord(d); });
    }
  }
  endRun();
  return tokens;
}
function atomsOf(text) { return scan(text).filter(function (t) { return t.role === 0; }).map(function (t) { return t.text; }); }
function folded(text) {
  var found = scan(text).filter(function (t) { return t.role !== 1; });
  return found.length ? found[found.length - 1].text : "";
}
function slug(text) {
  return Array.from(text).map(function (c) {
    return c === " " ? "-" : c === "-" || c === "_" || classify(c) ? c.toLowerCase() : "";
  }).join("");
}
