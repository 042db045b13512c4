const length_min = 12
const wide = /[^\x20-\x7E]/u

/** 0 (too short) to 3: by length, since length is what helps; a character outside ASCII counts double. */
export function passwordStrength(password: string): 0 | 1 | 2 | 3 {
  const characters = [...password]
  if (characters.length < length_min) return 0
  if (new Set(characters).size < 6) return 1
  const weight = characters.reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0)
  return weight >= 22 ? 3 : weight >= 16 ? 2 : 1
}
