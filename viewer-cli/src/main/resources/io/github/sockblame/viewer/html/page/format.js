// Texts of numbers, durations, addresses and frames.

// Numbers and durations as the command line prints them.
const number = n => n.toLocaleString('en-US');
const count = (n, noun, many) => number(n) + ' ' + (n === 1 ? noun : many || noun + 's');
const two = n => String(n).padStart(2, '0');
function duration(seconds) {
  if (seconds === null || seconds < 0) return 'unknown';
  if (seconds < 60) return seconds + 's';
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return minutes + 'm' + two(seconds % 60) + 's';
  if (minutes < 60) return minutes + 'm';
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? hours + 'h' + two(minutes % 60) + 'm' : Math.floor(hours / 24) + 'd' + two(hours % 24) + 'h';
}
function share(part, whole) {
  return whole > 0 ? (100 * part / whole).toFixed(1) + ' %' : '0 %';
}
function address(host, port) {
  if (host < 0) return 'unknown';
  const text = data.addresses[host];
  return (text.includes(':') ? '[' + text + ']' : text) + ':' + (port > 0 ? port : '*');
}

// The TCP state of a row of data.sockets, or else its protocol; and the weight of its verdict.
const stateOf = row => row[at.state] < 0 ? data.protocols[row[at.protocol]] : data.states[row[at.state]];
const weightOf = row => data.verdicts[row[at.verdict]].weight;

// A leak that is only possible is in no count of leaks.
const isLeakSite = site => data.verdicts[site.verdict].weight === 'LEAK' && site.confidence !== 'possible';
const possible = new Set(data.sites.filter(site => site.confidence === 'possible').map(site => site.number));
const isLeak = row => weightOf(row) === 'LEAK' && !possible.has(row[at.site]);

// A frame with its class and method in full colour and the rest faint.
function frameParts(text) {
  const open = text.lastIndexOf('(') < 0 ? text.length : text.lastIndexOf('(');
  const method = text.lastIndexOf('.', open);
  const from = text.lastIndexOf('.', method - 1) + 1;
  return [text.slice(0, from), text.slice(from, open), text.slice(open)];
}
function frame(text) {
  const [before, name, after] = frameParts(text);
  const packages = before.split('.').flatMap(part => [part, '.', el('wbr')]).slice(0, -3); // a line may break after each dot
  return el('code', {class: 'frame'}, el('i', {class: 'package'}, ...packages), name, el('i', {}, el('wbr'), after));
}
function brief(text) {
  const line = /:(\d+)\)$/.exec(text);
  return frameParts(text)[1] + (line ? ':' + line[1] : '');
}
