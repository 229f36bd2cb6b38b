// The other sections, and the start of all parts.

function limits() {
  if (data.besides.trim() === '') $('besides').hidden = true;
  $('besides-text').textContent = data.besides;
  const gaps = data.notSeen.length > 0 ? data.notSeen : ['No gaps: every socket is tracked, and all sources were read.'];
  $('unseen-list').append(...gaps.map(each => el('li', {}, each)));
}

for (const part of [head, sites, flames, ages, remotes, history, limits]) part();
document.documentElement.dataset.ready = String(Math.round(performance.now()));
