export const texts = {
  account: 'Account',
  allAccounts: 'All accounts',
  searchAccounts: 'Search accounts',
  noAccount: 'No account is called that.',
  tenant: 'Tenant',
  searchTenants: 'Search tenants',
  noTenant: 'You are in no tenant of that name.',
  tenantSettings: 'Tenant settings',
  createTenant: 'Create a tenant',
}
