// A proof of work instead of a riddle in pictures: solved while somebody types, in slices,
// so that the page stays lively. SHA-256 by hand: browsers refuse their own without https.
"use strict";

const K = [], START = [];
for (let n = 2, found = 0; found < 64; n += 1) {
  let prime = true;
  for (let by = 2; by * by <= n; by += 1) if (n % by === 0) { prime = false; break; }
  if (!prime) continue;
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  if (found < 8) START.push(fraction(n ** (1 / 2)));
  K.push(fraction(n ** (1 / 3)));
  found += 1;
}
const words = new Int32Array(64);
const turn = (x, by) => (x >>> by) | (x << (32 - by));

// Hash the message in `bytes`, already padded to whole blocks; return the first word.
function firstWord(bytes, blocks) {
  let h = START.slice();
  for (let block = 0; block < blocks; block += 1) {
    for (let i = 0; i < 16; i += 1) {
      const at = block * 64 + i * 4;
      words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i += 1) {
      const a = words[i - 15], b = words[i - 2];
      const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, k] = h;
    for (let i = 0; i < 64; i += 1) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const t1 = (k + s1 + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      k = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    h = [h[0] + a, h[1] + b, h[2] + c, h[3] + d, h[4] + e, h[5] + f, h[6] + g, h[7] + k]
      .map((word) => word | 0);
  }
  return h[0] >>> 0;
}

function tryAnswer(text, bits) {
  const size = text.length, blocks = Math.ceil((size + 9) / 64);
  const bytes = new Uint8Array(blocks * 64);
  for (let i = 0; i < size; i += 1) bytes[i] = text.charCodeAt(i);
  bytes[size] = 0x80;
  bytes[blocks * 64 - 3] = (size * 8) >>> 16;
  bytes[blocks * 64 - 2] = (size * 8) >>> 8;
  bytes[blocks * 64 - 1] = size * 8;
  return firstWord(bytes, blocks) < 2 ** (32 - bits);
}

function solve(field, done) {
  const puzzle = field.dataset.puzzle, bits = Number(puzzle.split(".")[1]);
  let answer = 0;
  const slice = () => {
    const until = performance.now() + 12;
    while (performance.now() < until) {
      for (const last = answer + 64; answer < last; answer += 1) {
        if (tryAnswer(`${puzzle}:${answer}`, bits)) { field.value = `${puzzle}:${answer}`; done(); return; }
      }
    }
    setTimeout(slice);
  };
  slice();
}

document.querySelectorAll("input[data-puzzle]").forEach((field) => {
  let waiting = null;
  solve(field, () => { if (waiting) field.form.requestSubmit(waiting); });
  // Sent too early, the form waits until the sum is done and then goes by itself.
  field.form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    waiting = event.submitter ?? field.form.querySelector("button");
  });
});
