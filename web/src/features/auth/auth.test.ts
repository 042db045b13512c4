import { expect, test } from 'vitest'
import { passwordStrength } from './passwordStrength'
import { safeReturn } from './safeReturn'

test.each([
  ['/c/1?x=2', '/c/1?x=2'],
  [null, '/'],
  ['', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?return=/x', '/'],
])('the way back %j leads to %s', (path, expected) => {
  expect(safeReturn(path)).toBe(expected)
})

test.each([
  ['short', 0],
  ['aaaaaaaaaaaaaaaaaaaaaaaaa', 1],
  ['correct horse', 1],
  ['correct horse ba', 2],
  ['correct horse battery', 2],
  ['correct horse battery staple', 3],
  ['床前明月光疑是地上霜举头', 3],
])('the password %j is worth %d', (password, strength) => {
  expect(passwordStrength(password)).toBe(strength)
})
