/** A piece of a URI template: text, or an expression with its operator and variables. */
type Piece = string | { operator: string; names: string[] }

const forms: Record<string, { first: string; between: string; named: boolean; reserved: boolean }> = {
  '': { first: '', between: ',', named: false, reserved: false },
  '+': { first: '', between: ',', named: false, reserved: true },
  '#': { first: '#', between: ',', named: false, reserved: true },
  '.': { first: '.', between: '.', named: false, reserved: false },
  '/': { first: '/', between: '/', named: false, reserved: false },
  ';': { first: ';', between: ';', named: true, reserved: false },
  '?': { first: '?', between: '&', named: true, reserved: false },
  '&': { first: '&', between: '&', named: true, reserved: false },
}

function pieces(template: string): Piece[] {
  return template.split(/(\{[^{}]*\})/).map((piece) => {
    const found = /^\{([+#./;?&]?)([^{}]+)\}$/.exec(piece)
    if (!found) return piece
    // Of "name:3" and "list*" the name is what a person can be asked for.
    const names = (found[2] ?? '').split(',').map((name) => name.replace(/(:\d+|\*)$/, '').trim())
    return { operator: found[1] ?? '', names }
  })
}

/** Returns the names of the variables of a URI template, each once, in their order. */
export function variablesOf(template: string): string[] {
  return [...new Set(pieces(template).flatMap((piece) => (typeof piece === 'string' ? [] : piece.names)))]
}

/**
 * Fills a URI template with texts (RFC 6570, but for its lists). A variable without a text is
 * left out.
 */
export function expand(template: string, values: Readonly<Record<string, string>>): string {
  return pieces(template)
    .map((piece) => {
      if (typeof piece === 'string') return piece
      const form = forms[piece.operator]
      const given = piece.names.filter((name) => (values[name] ?? '') !== '')
      if (!form || given.length === 0) return ''
      const said = given.map((name) => {
        const value = values[name] ?? ''
        const text = form.reserved ? encodeURI(value).replaceAll('%25', '%') : strict(value)
        return form.named ? `${name}=${text}` : text
      })
      return form.first + said.join(form.between)
    })
    .join('')
}

function strict(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
