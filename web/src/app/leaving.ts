/** Why nobody is signed in any more, so that leaving on purpose is not taken for an expired session. */
export const leaving: { why: 'expired' | 'signed_out' | null } = { why: null }
