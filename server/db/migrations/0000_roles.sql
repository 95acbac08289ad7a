-- The server works as onething_app, which may only do what later files grant it: it cannot change
-- tables, and where history is evidence it cannot update or delete (S51).
do $$
begin
  if not exists (select from pg_roles where rolname = 'onething_app') then
    begin
      create role onething_app nologin;
    exception
      when duplicate_object or unique_violation then null;  -- another database of this cluster
      when insufficient_privilege then
        raise exception 'the user % may not create the role onething_app', current_user
          using hint = 'Let an administrator run: create role onething_app nologin; '
            || 'grant onething_app to ' || quote_ident(current_user) || ';';
    end;
  end if;
  if not pg_has_role(current_user, 'onething_app', 'set') then
    begin
      execute format('grant onething_app to %I', current_user);
    exception when insufficient_privilege then
      raise exception 'the user % may not act as onething_app', current_user
        using hint = 'Let an administrator run: grant onething_app to '
          || quote_ident(current_user) || ';';
    end;
  end if;
end
$$;
grant usage on schema public to onething_app;
