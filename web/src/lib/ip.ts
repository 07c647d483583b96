const BYTE = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const VERSION_4 = new RegExp(`^${BYTE}(\\.${BYTE}){3}$`)
const VERSION_6 = /^[0-9a-f:.]+$/i

/** An address of a machine, of either version, as the API reads them: without a zone or a port. */
export const isIp = (text: string): boolean => VERSION_4.test(text) || (text.includes(':') && VERSION_6.test(text) && URL.canParse(`http://[${text}]`))
