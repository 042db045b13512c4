const accented: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú' }

/** Accents and a third more length; placeholders stay. */
export const pseudo = (text: string) =>
  `[${text.replace(/\{\{.*?\}\}|[aeiouAEIOU]/g, (part) => accented[part] ?? part)}${'·'.repeat(Math.ceil(text.length / 3))}]`
