import type { FieldErrors } from './formErrors'

/** What shows that it is really the signed-in person who asks. */
export interface Proof {
  password: string
  /** Of their second factor, where they have one. */
  code: string
}

export const NO_PROOF: Proof = { password: '', code: '' }

export const missingPassword = (password: string): FieldErrors => (password === '' ? { '/password': 'Enter your password.' } : {})

export const missingCode = (code: string, needed: boolean): FieldErrors => (needed && code.trim() === '' ? { '/code': 'Enter the code.' } : {})

export const missingProof = ({ password, code }: Proof, codeNeeded: boolean): FieldErrors => ({ ...missingPassword(password), ...missingCode(code, codeNeeded) })

/** The code as a request holds it: nothing where none was asked for. */
export const givenCode = (code: string): { code?: string } => (code.trim() === '' ? {} : { code: code.trim() })

export const givenProof = ({ password, code }: Proof): { password: string; code?: string } => ({ password, ...givenCode(code) })
