import { Button } from '@tarojs/components'

export interface ShareButtonProps {
  children: string
  /** handed to the page's useShareOf */
  code: string
}

/** Opens WeChat's list of friends with the page's share card. */
export function ShareButton({ children, code }: ShareButtonProps) {
  return (
    <Button className="button button-secondary" openType="share" data-code={code}>
      {children}
    </Button>
  )
}
