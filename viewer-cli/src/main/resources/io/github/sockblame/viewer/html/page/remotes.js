// The remote addresses.

const MAX_ADDRESSES = 20;

function remotes() {
  const groups = new Map();
  for (const row of data.sockets) {
    const accepted = data.origins[row[at.origin]].accepted;
    const text = row[at.remote] < 0 ? 'none or unknown' : row[at.remotePort] === 0 ? 'none: listening or not connected'
      : address(row[at.remote], accepted ? 0 : row[at.remotePort]);
    let group = groups.get(text);
    if (!group) {
      group = {text, all: 0, leaked: 0, oldest: -1, states: new Map(), place: groups.size};
      groups.set(text, group);
    }
    group.all++;
    if (isLeak(row)) group.leaked++;
    group.oldest = Math.max(group.oldest, row[at.openedAge], row[at.since]);
    const state = stateOf(row);
    group.states.set(state, (group.states.get(state) || 0) + 1);
  }
  const rows = [...groups.values()];
  if (rows.length === 0) {
    $('remotes-table').append(el('p', {}, NO_SOCKETS));
    return;
  }
  let limit = MAX_ADDRESSES;
  const more = el('button', {type: 'button', class: 'tool'});
  const columns = [
    {title: 'Remote address', key: row => row.text},
    {title: 'Sockets', class: 'figure', key: row => row.all, down: true},
    {title: 'Leaked', class: 'figure', key: row => row.leaked, down: true},
    {title: 'Oldest', class: 'figure minor', key: row => row.oldest, down: true},
    {title: 'States', class: 'minor'}];
  const sorted = sortable('', columns, rows, (ordered, body) => {
    body.replaceChildren(...ordered.slice(0, limit).map(row => el('tr', {}, el('td', {class: 'frame'}, row.text),
      el('td', {class: 'figure'}, number(row.all)), el('td', {class: 'figure'}, number(row.leaked)), el('td', {class: 'figure minor'}, duration(row.oldest)),
      el('td', {class: 'minor'}, [...row.states].sort((a, b) => b[1] - a[1]).map(([state, n]) => state + ' ' + number(n)).join('  ')))));
    sorted.table.caption.textContent = count(data.sockets.length, 'socket') + ' by remote address; accepted connections without the port';
    more.hidden = ordered.length <= limit;
    more.textContent = 'Show all ' + number(ordered.length);
  });
  more.addEventListener('click', () => {
    limit = Infinity;
    sorted.sort(sorted.by, sorted.down);
  });
  $('remotes-table').append(sorted.table, more);
  sorted.sort(1, true);
}
