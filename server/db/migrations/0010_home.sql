-- 首页: who is asked to sign something finds it without the link.
create index signing_invitations_waiting on signing_invitations (id_index)
  where state = 'waiting';
