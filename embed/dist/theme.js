// Sets the theme before the first paint. A file of its own, since the content
// security policy allows no inline script. src/lib/theme.ts takes over from here.
;(function () {
  var saved = null
  try {
    saved = localStorage.getItem('pomchat.theme')
  } catch {
    // Storage may be switched off: then the system decides.
  }
  var dark = saved === 'dark' || (saved !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
