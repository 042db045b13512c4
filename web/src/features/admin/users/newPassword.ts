/** No letters that are taken for another when read aloud or from paper. */
const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const length = 20

/** About 115 bits, in groups of five. */
export function newPassword(): string {
  let password = ''
  while (password.length < length) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0]!
    // Taking only whole multiples keeps every letter equally likely.
    if (byte < 256 - (256 % letters.length)) password += letters[byte % letters.length]
  }
  return password.match(/.{5}/g)!.join('-')
}
