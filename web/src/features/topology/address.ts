import { useListAddress } from '@/components/list/address'

const NONE = {}

/** Changes the page's address; undefined takes a parameter away. */
export const useChange = () => useListAddress(NONE).set
