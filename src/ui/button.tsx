import { Tap, Words } from './box'
import { useFrame } from './frame'
import { Icon, type IconName } from './icon'
import { Worded } from './worded'

export interface ButtonProps {
  children: string
  onTap: () => void
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  icon?: IconName
  /** Shows a spinner and ignores taps, so that a double tap is one act. */
  busy?: boolean
  disabled?: boolean
  /** As wide as its words; otherwise it fills its row. */
  compact?: boolean
  id?: string
  label?: string
  describedBy?: string
  pressed?: boolean
}

/** The kit's button; its words name the act. */
export function Button({ kind = 'primary', ...props }: ButtonProps) {
  const { children, onTap, icon, busy, disabled, compact, ...rest } = props
  return (
    <Tap
      {...rest}
      className={`button button-${kind} ${compact ? 'button-compact' : ''}`}
      disabled={disabled}
      busy={busy}
      onTap={() => {
        if (!busy) onTap()
      }}
    >
      {busy && <Words className="spinner" hidden />}
      {icon && !busy && <Icon name={icon} />}
      <Worded>{children}</Worded>
    </Tap>
  )
}

/** A link-like act inside text or a list: 修改, 查看全部. */
export function LinkButton(props: { children: string; onTap: () => void; label?: string }) {
  const { helping } = useFrame()
  return (
    <Tap className="link" label={props.label} onTap={props.onTap}>
      {helping ? <Worded>{props.children}</Worded> : props.children}
    </Tap>
  )
}
