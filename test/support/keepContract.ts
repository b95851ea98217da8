import type { ContractInput, WireContract } from '../../engine/wireContracts.ts'

/** Keeps a contract at a desk, as the person of the cookie; what is not said of it is usual. */
export async function keepContract(
  url: string,
  cookie: string,
  desk: string,
  contract: Partial<ContractInput>,
): Promise<WireContract> {
  const response = await fetch(`${url}/api/console/contracts?desk=${desk}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-komekshi': '1', cookie },
    body: JSON.stringify({
      bin: null,
      number: null,
      organisation: 'АО «Хранимое»',
      level: 'basic',
      type: null,
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      openLimit: null,
      channels: null,
      operatorId: null,
      ...contract,
    }),
  })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as WireContract
}

/** What a client of VIP has. */
export const vip = { organisation: 'ТОО «Ромашка»', level: 'vip', type: 'vip' } as const
