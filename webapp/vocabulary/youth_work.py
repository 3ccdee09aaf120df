"""What kinds of youth work there are, in plain words, for somebody who never heard of them."""

from typing import NamedTuple

from webapp.vocabulary.organisation_kinds import OrganisationKind as _K
from webapp.vocabulary.words import _l


class Explainer(NamedTuple):
    """A kind of youth work: the question it answers, what it is, what you do there, what you get, and what to know."""

    title: str
    what: str
    there: str
    gain: str
    know: str


EXPLAINERS: dict[_K, Explainer] = {
    _K.YOUTH_MOVEMENT: Explainer(
        _l("What is a youth movement?"),
        _l(
            "A group of children and young people who play together every week, led by young people who are a "
            "little older. Scouts, Chiro and KSA are youth movements."
        ),
        _l(
            "Games in the woods or in the meeting place, crafts, a weekend away, and a camp in the summer. You "
            "stay in one group with people of your age."
        ),
        _l(
            "Friends who stay, and a place where you may be noisy, get dirty and try things out. Later you can "
            "lead yourself."
        ),
        _l(
            "You pay once a year, and the camp comes on top. Often there is a uniform, and often you can borrow "
            "one. Ask about a lower price: that's normal."
        ),
    ),
    _K.YOUTH_CLUB: Explainer(
        _l("What is a youth club?"),
        _l("A house of and for young people, mostly from 14 or 16 on. Young volunteers run it themselves."),
        _l(
            "Hanging out, playing games, making or hearing music, organising a party or a workshop. Nothing is "
            "compulsory."
        ),
        _l("A place of your own outside home and school, and the chance to make your own plan come true."),
        _l(
            "Mostly you just walk in, and coming in costs nothing. Some evenings there is a bar; you don't have "
            "to drink anything."
        ),
    ),
    _K.PLAYGROUND: Explainer(
        _l("What is a playground scheme?"),
        _l("A place to play in the school holidays, with young leaders who keep an eye on everybody."),
        _l(
            "You choose yourself: a big game, building huts, water, football, crafts. You come for a day, or for "
            "the whole holiday."
        ),
        _l("Days full of play, other children from the neighbourhood, and speaking Dutch without noticing it."),
        _l("You pay by the day, and it's seldom much. Bring a lunch and clothes that may get dirty."),
    ),
    _K.YOUTH_WELFARE_WORK: Explainer(
        _l("What is open youth work?"),
        _l(
            "A place where you can always walk in, with youth workers for whom this is their job. In Dutch it is "
            "often called a “jeugdwerking”."
        ),
        _l(
            "Being together, sport, cooking, trips, and now and then help with school or with papers. You think "
            "along about what happens."
        ),
        _l("Somebody who listens and knows the way, and friends to try other places with."),
        _l("It's mostly free, and you don't have to sign up. What you tell stays there."),
    ),
    _K.STREET_SPORT: Explainer(
        _l("What is street sport?"),
        _l("Sport on a square or in a park near you, with a coach and without a club."),
        _l(
            "Football, basketball, dancing, skating: whatever fits the place and the people. You join for a "
            "while, or you only watch first."
        ),
        _l("Moving without matches and tables, and getting to know people from your own neighbourhood."),
        _l("It's free or almost free. Sports shoes are enough."),
    ),
    _K.ARTS: Explainer(
        _l("What is an arts or dance group?"),
        _l(
            "A group in which you make something together: music, dance, theatre, film, drawing. It isn't a "
            "school, and there are no marks."
        ),
        _l("Every week you practise or make something with somebody who is good at it. Sometimes there is a show."),
        _l("Learning to do something well, showing what you can, and finding your own style."),
        _l(
            "You pay per series or per year. Often instruments or clothes can be borrowed. You don't have to be "
            "able to do anything yet."
        ),
    ),
    _K.SPORT: Explainer(
        _l("What is a sports club?"),
        _l("A club in which you learn a sport and practise it, with a trainer and in a group of your level."),
        _l("Training once or several times a week. Some clubs play matches at the weekend, others don't."),
        _l("Getting fitter, belonging to a team, and seeing yourself get better."),
        _l(
            "You pay per season, with clothes and insurance. Your health insurance fund pays a part back: ask the "
            "club for the form."
        ),
    ),
    _K.RURAL_YOUTH: Explainer(
        _l("What is a rural youth group?"),
        _l("A group of young people in a village, mostly from 16 on, who plan their own evenings."),
        _l("Cooking, sport, a quiz, an outing, helping at a village feast. Every few weeks something else."),
        _l("Knowing people near you, and learning to organise something."),
        _l("You pay little per year. Ask for a lift when there is no bus: somebody can nearly always take you along."),
    ),
    _K.MOBILE_PLAY: Explainer(
        _l("What is mobile play?"),
        _l("A van or a cargo bike full of toys that comes to a square near you, with people who play along."),
        _l("Playing, building, drawing, riding: everybody who passes may join, parents too."),
        _l("Fun in your own street, and getting to know the neighbours."),
        _l("It's free, and you don't have to sign up. Look at the days, for it doesn't come every week."),
    ),
    _K.POVERTY_ASSOCIATION: Explainer(
        _l("What is a poverty association?"),
        _l(
            "A group in which people who have it hard with money meet and speak for themselves. Children and "
            "young people often have a group of their own."
        ),
        _l("Playing, eating together, a trip, talking about what should change, and doing something about it."),
        _l("Nobody looks at what you have. You are not alone, and your voice counts."),
        _l("It's free or costs very little. You don't have to prove anything."),
    ),
    _K.SUMMER_SCHOOL: Explainer(
        _l("What is a summer school?"),
        _l(
            "A few weeks in the summer in which you practise Dutch or something of school in the morning, and "
            "play in the afternoon."
        ),
        _l("Small groups, games with words, swimming, an excursion. There are no tests."),
        _l("Beginning the new school year with more courage, and knowing other children."),
        _l("Mostly free. Places go fast, so sign up in the spring."),
    ),
    _K.YOUTH_COUNCIL: Explainer(
        _l("What is a youth council?"),
        _l("Young people who tell the town what they think, and whom the town has to listen to."),
        _l("Talking about squares, parties, buses and money for youth work, and organising something yourselves."),
        _l("Seeing how your town works, and seeing something change because of you."),
        _l("It's free. You don't have to be able to speak well; coming to listen once is fine."),
    ),
    _K.YOUTH_SERVICE: Explainer(
        _l("What is the youth service?"),
        _l("The people of the town who work for children and young people, and who know all groups."),
        _l(
            "Holiday activities, spaces and materials for groups, and answers: where can I go, what does it cost, "
            "who can help?"
        ),
        _l("One place to ask when you don't know where to begin."),
        _l("Asking is free. They know the lower prices, and they can call a group together with you."),
    ),
}
