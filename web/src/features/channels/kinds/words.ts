export const NO_ADDRESS = 'Enter an address that starts with https:// or http://.'
