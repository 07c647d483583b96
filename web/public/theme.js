// Runs before the first paint, from a file of its own because the content security policy
// forbids inline scripts: without it a dark page would flash white.
(function () {
  var choice = null
  try {
    choice = JSON.parse(localStorage.getItem('preferences') || '{}').state.theme
  } catch {
    // Storage may be blocked or empty; the system's theme is the answer then.
  }
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
