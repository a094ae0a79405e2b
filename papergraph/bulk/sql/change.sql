-- How far one round moved the weights, summed over all papers.
SELECT sum(abs(one.weight - two.weight)) FROM :before AS one JOIN :after AS two ON one.work = two.work
