// The head of the page: the worst site and the totals.

function head() {
  const top = data.head;
  $('name').textContent = top.name;
  $('pid').textContent = 'pid ' + top.pid;
  const leaks = data.sites.filter(isLeakSite);
  const lead = $('lead');
  if (top.leaked > 0 && leaks.length > 0) {
    const worst = leaks[0];
    lead.append(el('strong', {}, worst.subject), ' leaked at ', worst.blamed ? frame(worst.blamed) : 'an unknown place');
    const rest = top.leaked - worst.count;
    $('rest').textContent = data.verdicts[worst.verdict].word + ': ' + data.verdicts[worst.verdict].meaning
      + '; ' + worst.confidence + ', the oldest for ' + duration(worst.oldest) + '.'
      + (rest > 0 ? ' And ' + number(rest) + ' more at ' + count(leaks.length - 1, 'other site') + '.' : '');
    $('todo').append(el('strong', {}, 'What to do: '), data.verdicts[worst.verdict].advice + '.');
    $('todo').hidden = false;
  } else if (top.leaked > 0) {
    lead.append(el('strong', {}, count(top.leaked, 'connection') + ' leaked'), ', and this report has no site for them');
  } else {
    lead.classList.add('clean');
    lead.append(el('strong', {}, top.headline));
  }
  const figures = [['sockets', number(top.sockets)], ['tracked', number(top.tracked)], ['untracked', number(top.untracked)],
    ['leaked', number(top.leaked)], ['file descriptors', top.descriptors.replace(/^fds /, '')], ['up', top.up],
    ['taken at', top.takenAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')]];
  for (const [name, figure] of figures) $('figures').append(el('div', {}, el('dt', {}, name), el('dd', {}, figure)));
  const states = Object.entries(top.states).sort((a, b) => (b[0] === 'CLOSE-WAIT') - (a[0] === 'CLOSE-WAIT') || b[1] - a[1]);
  $('states').append(el('ul', {class: 'states', 'aria-label': 'Sockets by TCP state'},
    ...states.map(([state, n]) => el('li', {}, state + ' ', el('b', {}, number(n))))));
  $('made').textContent = 'Made from a report of agent ' + top.agent + ', Java ' + top.java + '. This page needs no network.';
}
