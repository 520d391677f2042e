// What a page looks like on the screen it is on; the body of a function, run by the tests.
"use strict";
var width = arguments[0], wantsContrast = arguments[1], wrong = { overflow: [], targets: [], contrast: [], scripts: [], labels: [] };
function shown(e) {
  var box = e.getBoundingClientRect();
  if (!box.width || !box.height || !e.checkVisibility({ visibilityProperty: true })) return false;
  // Hidden from sight, for those who listen.
  for (var a = e; a && a !== document.body; a = a.parentElement) if (a.matches(".vh, .skip, .sprite")) return false;
  return true;
}
function name(e) {
  var words = (e.getAttribute("aria-label") || e.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
  return "<" + e.tagName.toLowerCase() + (e.getAttribute("class") ? "." + e.getAttribute("class").replace(/ /g, ".") : "") + "> " + words;
}

// Overflow; a phone widens its window to what it has to hold.
if (document.documentElement.scrollWidth > width || window.innerWidth !== width) {
  var scrolls = function (e) {
    for (var a = e.parentElement; a && a !== document.body; a = a.parentElement) if (getComputedStyle(a).overflowX !== "visible") return true;
    return false;
  };
  var wide = Array.prototype.filter.call(document.body.querySelectorAll("*"), function (e) {
    return e.getBoundingClientRect().right > width + 0.5 && shown(e) && !scrolls(e);
  });
  wrong.overflow.push(document.documentElement.scrollWidth + " px, in a window of " + window.innerWidth);
  wide.slice(-3).forEach(function (e) { wrong.overflow.push(name(e) + " ends at " + Math.round(e.getBoundingClientRect().right)); });
}

// Targets: 24 px, or in a sentence, or with room of 24 px around the middle (WCAG 2.5.8).
// Under an open dialog nothing can be hit.
var scope = document.querySelector("dialog[open]") || document;
var targets = Array.prototype.filter.call(scope.querySelectorAll("a[href], button, input, select, textarea, summary"), shown);
var boxes = targets.map(function (e) { return e.getBoundingClientRect(); });
var small = function (box) { return box.width < 23.5 || box.height < 23.5; };
function inSentence(e) {
  if (getComputedStyle(e).display !== "inline") return false;
  var block = e.parentElement;
  while (getComputedStyle(block).display === "inline") block = block.parentElement;
  var rest = block.textContent.length - e.textContent.length;
  return rest > 0 && block.textContent.trim() !== e.textContent.trim();
}
targets.forEach(function (e, i) {
  if (!small(boxes[i]) || inSentence(e)) return;
  var x = (boxes[i].left + boxes[i].right) / 2, y = (boxes[i].top + boxes[i].bottom) / 2;
  var crowded = boxes.some(function (other, j) {
    if (i === j || targets[j].contains(e) || e.contains(targets[j])) return false;
    if (small(other)) {
      return Math.hypot((other.left + other.right) / 2 - x, (other.top + other.bottom) / 2 - y) < 23.5;
    }
    return Math.hypot(Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)) < 11.5;
  });
  if (crowded) wrong.targets.push(name(e) + " " + Math.round(boxes[i].width) + " by " + Math.round(boxes[i].height));
});

// The labels of pictures as they are seen: their size in the picture, times the scale of the picture.
Array.prototype.forEach.call(document.querySelectorAll(".picture svg text"), function (e) {
  if (!shown(e)) return;
  var scale = e.getScreenCTM(), size = parseFloat(getComputedStyle(e).fontSize) * Math.hypot(scale.a, scale.b);
  if (size < 11) wrong.labels.push(name(e) + ": " + size.toFixed(1) + " px");
  var box = e.closest(".n") && e.parentElement.querySelector("rect");
  if (box && e.getBoundingClientRect().right > box.getBoundingClientRect().right + 0.5) wrong.labels.push(name(e) + " leaves its box");
});

// Contrast of every text with what lies behind it.
function colour(text) {
  var n = (text.match(/-?[\d.]+(e-?\d+)?/g) || []).map(Number);
  if (/^color\(srgb/.test(text)) return [n[0] * 255, n[1] * 255, n[2] * 255, n.length > 3 ? n[3] : 1];
  return /^rgb/.test(text) ? [n[0], n[1], n[2], n.length > 3 ? n[3] : 1] : null;
}
function over(top, below) { return [0, 1, 2].map(function (i) { return top[i] * top[3] + below[i] * (1 - top[3]); }).concat(1); }
function luminance(c) {
  var l = c.slice(0, 3).map(function (v) { v /= 255; return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); });
  return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2];
}
function ground(e) {
  var layers = [];
  for (var a = e; a; a = a.parentElement) {
    var style = getComputedStyle(a), c = colour(style.backgroundColor);
    if (a.tagName.toLowerCase() === "a" && a.namespaceURI.indexOf("svg") > 0) {
      var rect = a.querySelector("rect");
      c = rect && colour(getComputedStyle(rect).fill);
    }
    if (c && c[3] > 0) layers.push(c);
    if (c && c[3] === 1) break;
  }
  return layers.reverse().reduce(function (below, top) { return over(top, below); }, colour("rgb(255, 255, 255)"));
}
if (wantsContrast) {
  var seen = {}, walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), node;
  while ((node = walker.nextNode())) {
    var e = node.parentElement;
    if (!node.data.trim() || !shown(e)) continue;
    var style = getComputedStyle(e), isSVG = e.namespaceURI.indexOf("svg") > 0;
    var text = colour(isSVG ? style.fill : style.color), below = ground(e);
    if (!text) { wrong.contrast.push(name(e) + ": " + style.color + " is not understood"); continue; }
    var a = luminance(over(text, below)), b = luminance(below), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    // The look promises 5:1 for every text.
    if (ratio < 4.995) {
      var key = style.color + below.join();
      if (!seen[key]) wrong.contrast.push(name(e) + ": " + ratio.toFixed(2) + " to 1");
      seen[key] = true;
    }
  }
}

// What needs the script shows only with it, and what stands in for it only without.
var runs = document.documentElement.hasAttribute("data-js");
Array.prototype.forEach.call(document.querySelectorAll(runs ? ".no-js" : ".js"), function (e) { if (shown(e)) wrong.scripts.push(name(e)); });
return wrong;
