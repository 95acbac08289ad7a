-- Only counting the public numbers from the cases read these; they are sums of days now.
drop index cases_finished;
drop index cases_ready;
